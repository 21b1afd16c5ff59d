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
 * What an answer is the answer to, and what is tolerated in it.
 *
 * @param subjects who was asked for; null when nobody knows, and then nobody is out of place
 * @param window the span of slot starts asked for; null when nobody knows
 * @param now when it is read; null when nobody knows, and then nothing is past
 * @param quirks what the vendor's descriptor says of its habits
 * @param trial whether data made for tests is as good as any other
 * @param known what the directory knows of those asked for: it may know the place, and so its clock, where the answer does
 *     not tell
 */
public record AnswerContext(
        Kind kind,
        @Nullable Set<Subject> subjects,
        @Nullable Window window,
        @Nullable Instant now,
        Set<Quirk> quirks,
        boolean trial,
        Map<PractitionerId, DirectoryPractitioner> known) {

    /** The three searches of the guide. */
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

    /** Of a vendor of which nothing is tolerated, and practitioners whom the directory does not know. */
    public AnswerContext(Kind kind, @Nullable Set<Subject> subjects, @Nullable Window window, @Nullable Instant now) {
        this(kind, subjects, window, now, Set.of(), false, Map.of());
    }

    boolean isFor(Subject subject) {
        return subjects == null || subjects.contains(subject);
    }

    /** Somebody brings an answer without its question. */
    public static AnswerContext nothingKnown(Kind kind) {
        return new AnswerContext(kind, null, null, null);
    }
}
