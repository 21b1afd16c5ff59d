package fr.sas.hub.help;

import java.time.Instant;

/**
 * What was done about a request.
 *
 * @param by the client of role ops
 * @param text empty where there was nothing to say
 */
public record HelpDeed(Instant at, String by, Kind kind, String text) {

    /** Kinds of deeds. */
    public enum Kind {
        /** Seen by operations only. */
        NOTE,
        /** Mailed to who asked. */
        ANSWER,
        CLOSE,
        REOPEN
    }
}
