package fr.sas.hub.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How carrying a letter ended. */
public sealed interface SendResult {

    /** It arrived. */
    record Delivered() implements SendResult {}

    /** The receiver will not have it however often it is asked: it lies dead until a person or a newer letter decides. */
    record Refused(String words) implements SendResult {}

    /**
     * It may arrive later; it is tried again.
     *
     * @param notBefore what the receiver asked for; null when it did not
     * @param counts whether this was an attempt, after many of which the letter is given up
     */
    record Failed(String words, @Nullable Instant notBefore, boolean counts) implements SendResult {
        public Failed(String words, @Nullable Instant notBefore) {
            this(words, notBefore, true);
        }
    }

    /** The destination was stopped before anything was sent: the letter lies as if it had not been touched. */
    record Withheld() implements SendResult {}

    Delivered DELIVERED = new Delivered();
    Withheld WITHHELD = new Withheld();
}
