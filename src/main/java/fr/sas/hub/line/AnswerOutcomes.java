package fr.sas.hub.line;

import fr.sas.hub.slot.Answer;
import java.util.Locale;

/** One-word names for answers, as used in metrics and the runbook. */
public final class AnswerOutcomes {

    private AnswerOutcomes() {}

    /** {@code complete}; {@code partial_} and the kind of trouble; the kind alone when nothing usable arrived. */
    public static String of(Answer answer) {
        return switch (answer) {
            case Answer.Complete complete -> "complete";
            case Answer.Partial partial -> "partial_" + small(partial.trouble());
            case Answer.Failed failed -> small(failed.trouble());
        };
    }

    public static String small(Answer.Trouble trouble) {
        return trouble.kind().name().toLowerCase(Locale.ROOT);
    }
}
