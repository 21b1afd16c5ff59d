package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;

/**
 * A vendor as its descriptor in force presents it to other rooms.
 *
 * @param takesAccounts whether it is told of regulators' accounts (INT_R02)
 */
public record Vendor(Source source, String name, Status status, boolean takesAccounts) {

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

    public boolean isShown() {
        return status != Status.TRIAL;
    }
}
