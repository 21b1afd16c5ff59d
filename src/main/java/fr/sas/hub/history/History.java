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

/** The front door of the room: rooms that change what somebody may later ask about say so here (docs/decisions/0015). */
@Service
public class History {

    /** The line says who and when, and its documents need not say it again. */
    private static final List<String> SAID_BY_THE_LINE = List.of("createdAt", "createdBy", "changedAt", "changedBy");

    private final Lines lines;
    private final ObjectMapper json;
    private final Clock clock;

    History(Lines lines, ObjectMapper json, Clock clock) {
        this.lines = lines;
        this.json = json;
        this.clock = clock;
    }

    /** What is changed. */
    public enum Kind {
        SETTINGS,
        AGENDA,
        UNAVAILABILITY,
        INFORMATION,
        FEED,
        DELEGATION,
        MANAGERS;

        /** As it is written on the wire. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Kind> named(String word) {
            return Arrays.stream(values())
                    .filter(kind -> kind.word().equals(word))
                    .findFirst();
        }
    }

    /**
     * Keeps one change as part of the caller's transaction: both are kept, or neither. Who makes it is known from the
     * request.
     *
     * @param about address of what is changed, below that of the subject, such as {@code settings}
     * @param before what its JSON says was so; null when it is new. Never a secret, and of persons only what is needed
     * @param after the same for what is so now; null when it is gone
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void keep(Subject subject, Kind kind, String about, @Nullable Object before, @Nullable Object after) {
        lines.add(new Line(
                subject,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                kind,
                about,
                Authorship.current(),
                document(before),
                document(after)));
    }

    private @Nullable JsonNode document(@Nullable Object what) {
        JsonNode document = what == null ? null : json.valueToTree(what);
        return document instanceof ObjectNode fields ? fields.remove(SAID_BY_THE_LINE) : document;
    }
}
