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

    /** @param slots in each answer about practitioners, on top of the usual ones; 25,000 are some 20 MB */
    record Flooding(int slots) implements VendorMood {}
}
