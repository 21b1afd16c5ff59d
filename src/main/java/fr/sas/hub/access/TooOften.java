package fr.sas.hub.access;

import java.time.Duration;

/** What sends mails was asked for too often, by or for the same person: 429, and nothing was done. */
public class TooOften extends RuntimeException {

    private final Wording rule;
    private final Duration again;

    /** @param again after which it may be asked for once more */
    public TooOften(Wording rule, Duration again) {
        super(rule.english());
        this.rule = rule;
        this.again = again;
    }

    public Wording rule() {
        return rule;
    }

    /** Whole seconds, at least one (RFC 9110 §10.2.3). */
    long retryAfter() {
        return Math.max(1, again.plusMillis(999).toSeconds());
    }
}
