package fr.sas.hub.vendor;

import fr.sas.hub.slot.Source;

/**
 * A vendor as in force, according to its descriptor and its operators.
 *
 * @param isShown whether its slots may appear in answers; unaffected by a pause
 * @param isDoubted whether its slots turned out to be gone too often
 * @param takesAccounts whether regulators' accounts are sent to it (INT_R02)
 */
public record Vendor(
        Source source, String name, Status status, boolean isShown, boolean isDoubted, boolean takesAccounts) {

    public enum Status {
        /** Polled and judged, never shown. */
        TRIAL,
        LIVE,
        PAUSED
    }

    /** Who initiates the exchange. */
    public enum Mode {
        /** The hub queries the vendor. */
        PULL,
        /** The vendor delivers; it is never queried. */
        PUSH,
        /** Both: the most recent information counts. */
        BOTH
    }
}
