package fr.sas.hub.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What became of a {@link VendorCall}. */
public sealed interface VendorReply {

    /**
     * The vendor answered.
     *
     * @param body as text; its first 64,000 bytes
     * @param retryAt from Retry-After, an hour ahead at most; null when there was none
     */
    record Answered(int status, String body, @Nullable Instant retryAt) implements VendorReply {}

    /** No answer in time, or none at all: nobody knows whether the vendor took it in. */
    record Unknown(String why) implements VendorReply {}

    /** The vendor did not hear of it: no connection, or the call was not made. */
    record NotSent(String why) implements VendorReply {}
}
