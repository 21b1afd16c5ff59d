package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;

/**
 * A vendor as it is in force: as its descriptor and its operators have it.
 *
 * @param isShown whether its slots are for answers; a pause changes nothing of that
 * @param isDoubted whether its slots turned out to be gone too often
 * @param takesAccounts whether it is told of regulators' accounts (INT_R02)
 */
public record Vendor(
        Source source, String name, Status status, boolean isShown, boolean isDoubted, boolean takesAccounts) {

    public enum Status {
        /** Polled and judged, never shown. */
        TRIAL,
        LIVE,
        PAUSED
    }

    /** Who speaks first. */
    public enum Mode {
        /** The hub asks. */
        PULL,
        /** The vendor delivers; it is never asked. */
        PUSH,
        /** Both: the newest word counts. */
        BOTH
    }
}
