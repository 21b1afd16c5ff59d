package fr.sas.hub.access;

import java.time.Duration;

/** An action that sends mails was requested too often, by or for the same person: 429, nothing was done. */
public class TooOften extends RuntimeException {

    private final Wording rule;
    private final Duration again;

    /** @param again after how long it may be requested again */
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
