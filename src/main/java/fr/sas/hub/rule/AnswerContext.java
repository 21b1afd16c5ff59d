package fr.sas.hub.rule;

import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The request that an answer belongs to, and what is tolerated in the answer.
 *
 * @param subjects the subjects requested; null when unknown, and then no subject is rejected as unrequested
 * @param window the requested span of slot starts; null when unknown
 * @param now when it is read; null when unknown, and then nothing is in the past
 * @param quirks the quirks that the vendor's descriptor declares
 * @param trial whether test data is accepted like any other
 * @param known what the directory knows about the requested practitioners: it may supply the place, and so its time
 *     zone, where the answer does not
 */
public record AnswerContext(
        Kind kind,
        @Nullable Set<Subject> subjects,
        @Nullable Window window,
        @Nullable Instant now,
        Set<Quirk> quirks,
        boolean trial,
        Map<PractitionerId, DirectoryPractitioner> known) {

    /** The three searches defined by the guide. */
    public enum Kind {
        /** INT_R01. */
        INDIVIDUAL,
        /** INT_R04. */
        CPTS,
        SOS
    }

    public AnswerContext {
        subjects = subjects == null ? null : Set.copyOf(subjects);
        quirks = Set.copyOf(quirks);
    }

    /** For a vendor without tolerances, and practitioners unknown to the directory. */
    public AnswerContext(Kind kind, @Nullable Set<Subject> subjects, @Nullable Window window, @Nullable Instant now) {
        this(kind, subjects, window, now, Set.of(), false, Map.of());
    }

    boolean isFor(Subject subject) {
        return subjects == null || subjects.contains(subject);
    }
}
