package fr.sas.hub.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The result of a {@link VendorCall}. */
public sealed interface VendorReply {

    /**
     * The vendor answered.
     *
     * @param body as text; its first 64,000 bytes
     * @param retryAt from Retry-After, at most an hour ahead; null when there was none
     */
    record Answered(int status, String body, @Nullable Instant retryAt) implements VendorReply {}

    /** No answer, or none in time: it is unknown whether the vendor processed the call. */
    record Unknown(String why) implements VendorReply {}

    /** The vendor did not receive it: no connection, or the call was not made. */
    record NotSent(String why) implements VendorReply {}
}
