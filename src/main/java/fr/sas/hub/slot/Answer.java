package fr.sas.hub.slot;

/** How a source answered: three different facts that are never mixed up (DOMAIN §7.4). */
public sealed interface Answer {

    /** Everything asked for is there; what is missing is no longer free. */
    record Complete() implements Answer {}

    /** Only a part arrived: what is there counts, what is missing means nothing. */
    record Partial(Trouble trouble) implements Answer {}

    /** Nothing usable arrived. */
    record Failed(Trouble trouble) implements Answer {}

    /**
     * What went wrong, in a word for counters and a sentence for people. Whoever searches reads it: no names, no secrets,
     * and so nothing that a vendor wrote.
     */
    record Trouble(Kind kind, String detail) {
        public Trouble {
            detail = StorableText.repaired(detail);
        }
    }

    enum Kind {
        TIMED_OUT,
        UNREACHABLE,
        /** 429 or 503 with Retry-After. */
        THROTTLED,
        /** Another 4xx. */
        REFUSED,
        /** 5xx. */
        VENDOR_ERROR,
        REDIRECTED,
        TOO_LARGE,
        MALFORMED,
        PAGE_LOST,
        PAGES_LOOP,
        /** Nothing is wrong with the source: a step of the hub's own failed. */
        HUB_FAILED
    }

    Complete COMPLETE = new Complete();
}
