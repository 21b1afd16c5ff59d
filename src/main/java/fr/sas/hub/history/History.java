package fr.sas.hub.history;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The room's front door: rooms record here changes that may later have to be explained (docs/decisions/0015). */
@Service
public class History {

    /** Stored in the line itself, so its documents need not repeat it. */
    private static final List<String> SAID_BY_THE_LINE = List.of("createdAt", "createdBy", "changedAt", "changedBy");

    private final HistoryTables lines;
    private final ObjectMapper json;
    private final Clock clock;

    History(HistoryTables lines, ObjectMapper json, Clock clock) {
        this.lines = lines;
        this.json = json;
        this.clock = clock;
    }

    /** What was changed. */
    public enum Kind {
        SETTINGS,
        AGENDA,
        UNAVAILABILITY,
        INFORMATION,
        FEED,
        DELEGATION,
        MANAGERS;

        /** The code on the wire. */
        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> named(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.code().equals(word))
                    .findFirst();
        }
    }

    /**
     * Records one change in the caller's transaction: both are committed, or neither. The author is taken from the
     * request.
     *
     * @param about path of what is changed, relative to the subject, such as {@code settings}
     * @param before the earlier state as JSON; null when it is new. Must contain no secrets, and only the necessary
     *     personal data
     * @param after the new state as JSON; null when it was deleted
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(Subject subject, Kind kind, String about, @Nullable Object before, @Nullable Object after) {
        add(subject, kind, about, before, after, false);
    }

    /** The same for the undoing of a deletion. @param restored what is there again, as JSON */
    @Transactional(propagation = Propagation.MANDATORY)
    public void recordUndone(Subject subject, Kind kind, String about, @Nullable Object restored) {
        add(subject, kind, about, null, restored, true);
    }

    private void add(
            Subject subject,
            Kind kind,
            String about,
            @Nullable Object before,
            @Nullable Object after,
            boolean undoesDeletion) {
        lines.add(new HistoryLine(
                subject,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                kind,
                about,
                Authorship.current(),
                document(before),
                document(after),
                undoesDeletion));
    }

    private @Nullable JsonNode document(@Nullable Object what) {
        JsonNode document = what == null ? null : json.valueToTree(what);
        return document instanceof ObjectNode fields ? fields.remove(SAID_BY_THE_LINE) : document;
    }
}
