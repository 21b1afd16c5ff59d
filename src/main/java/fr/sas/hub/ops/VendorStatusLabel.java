package fr.sas.hub.ops;

import fr.sas.hub.health.VendorState;
import java.util.Locale;

/** A vendor's state as one word of the console; pages show it by colour and text. */
enum VendorStatusLabel {
    LIVE,
    TRIAL,
    PAUSED,
    WAITING,
    TROUBLED,
    LEFT_ALONE,
    GAVE_UP;

    static VendorStatusLabel of(VendorState state) {
        return switch (state.state()) {
            case PAUSED -> PAUSED;
            case LEFT_ALONE -> LEFT_ALONE;
            case GAVE_UP -> GAVE_UP;
            case IN_TROUBLE -> TROUBLED;
            case NOT_ASKED_YET -> WAITING;
            case ANSWERING -> state.status().equals("trial") ? TRIAL : LIVE;
        };
    }

    /** Key of its label in {@code messages.properties}. */
    public String key() {
        return "ops.word." + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** good, quiet, warn or bad: the colour. */
    public String tone() {
        return switch (this) {
            case LIVE -> "good";
            case TRIAL, PAUSED, WAITING -> "quiet";
            case TROUBLED -> "warn";
            case LEFT_ALONE, GAVE_UP -> "bad";
        };
    }
}
