package fr.sas.hub.slot;

/** How a source answered: three distinct outcomes that must never be confused (DOMAIN §7.4). */
public sealed interface Answer {

    /** Everything requested is present; what is missing is no longer free. */
    record Complete() implements Answer {}

    /** Only part arrived: what is present counts, what is missing means nothing. */
    record Partial(Trouble trouble) implements Answer {}

    /** Nothing usable arrived. */
    record Failed(Trouble trouble) implements Answer {}

    /**
     * What went wrong: a kind for metrics and a sentence for people. It is shown to searchers, so it contains no names,
     * no secrets and nothing written by a vendor.
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
        /** The source is not at fault: one of the hub's own steps failed. */
        HUB_FAILED
    }

    Complete COMPLETE = new Complete();
}
