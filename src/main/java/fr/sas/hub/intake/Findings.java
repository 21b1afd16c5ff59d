package fr.sas.hub.intake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found wrong in one delivery: everything counted, one example of each kind, the first few kept whole. */
final class Findings {

    private final int most;
    private final Map<RejectionCode, Integer> counts = new EnumMap<>(RejectionCode.class);
    private final Map<RejectionCode, Rejection> examples = new EnumMap<>(RejectionCode.class);
    private final List<Rejection> kept = new ArrayList<>();

    Findings(int most) {
        this.most = most;
    }

    void add(RejectionCode code, String path, @Nullable String value, @Nullable JsonNode resource) {
        add(new Rejection(code, path, value, resource));
    }

    void add(Rejection rejection) {
        counts.merge(rejection.code(), 1, Integer::sum);
        examples.putIfAbsent(rejection.code(), rejection);
        if (kept.size() < most) {
            kept.add(rejection);
        }
    }

    Map<RejectionCode, Integer> counts() {
        return counts;
    }

    Map<RejectionCode, Rejection> examples() {
        return examples;
    }

    List<Rejection> kept() {
        return kept;
    }

    boolean isEmpty() {
        return counts.isEmpty();
    }
}
