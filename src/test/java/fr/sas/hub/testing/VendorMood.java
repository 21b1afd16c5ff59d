package fr.sas.hub.testing;

import java.time.Duration;

/** How a fake vendor feels at the moment. */
public sealed interface VendorMood {

    /** Answers as it was built to. */
    record Well() implements VendorMood {}

    /** Takes the call and says nothing. */
    record Hanging() implements VendorMood {}

    /** @param retryAfter told in the answer's Retry-After; zero leaves the header out */
    record Failing(int status, Duration retryAfter) implements VendorMood {}

    /** 200 with a wrong total, slots long past, and slots of somebody who was not asked for. */
    record Lying() implements VendorMood {}

    /** @param slots free for each person asked for, on top of the usual ones */
    record Flooding(int slots) implements VendorMood {}
}
