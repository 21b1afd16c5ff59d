package fr.sas.hub.outbox;

import fr.sas.hub.slot.StorableText;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of delivering a letter. The words are often the receiver's own: characters that cannot be stored are replaced. */
public sealed interface SendResult {

    /** It was delivered. */
    record Delivered() implements SendResult {}

    /** Nothing is left to deliver, or no receiver accepts it any longer: the letter is dropped, and nothing says that a receiver has it. */
    record Dropped() implements SendResult {}

    /** The receiver would refuse it at every attempt: it stays dead until an operator or a newer letter decides. */
    record Refused(String words) implements SendResult {
        public Refused {
            words = StorableText.repaired(words);
        }
    }

    /**
     * It may be delivered later and is retried.
     *
     * @param notBefore as requested by the receiver; null when it was not
     * @param counts whether this counts as an attempt; after failing for too long the letter is given up
     */
    record Failed(String words, @Nullable Instant notBefore, boolean counts) implements SendResult {
        public Failed {
            words = StorableText.repaired(words);
        }

        public Failed(String words, @Nullable Instant notBefore) {
            this(words, notBefore, true);
        }
    }

    /** The destination was stopped before anything was sent: the letter is unchanged. */
    record Withheld() implements SendResult {}

    Delivered DELIVERED = new Delivered();
    Dropped DROPPED = new Dropped();
    Withheld WITHHELD = new Withheld();
}
