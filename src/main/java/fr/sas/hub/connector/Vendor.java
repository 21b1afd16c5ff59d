package fr.sas.hub.connector;

import fr.sas.hub.slot.Source;

/** A vendor as its descriptor in force presents it to other rooms. */
public record Vendor(Source source, String name, Status status) {

    public enum Status {
        /** Polled and judged, never shown. */
        TRIAL,
        LIVE,
        PAUSED
    }

    public boolean isShown() {
        return status != Status.TRIAL;
    }
}
