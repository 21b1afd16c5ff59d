package fr.sas.hub.help;

import java.time.Instant;

/**
 * An action taken on a request.
 *
 * @param by the client with the role ops
 * @param text may be empty
 */
public record HelpDeed(Instant at, String by, Kind kind, String text) {

    /** Kinds of actions. */
    public enum Kind {
        /** Visible to operators only. */
        NOTE,
        /** Mailed to the sender of the request. */
        ANSWER,
        CLOSE,
        REOPEN
    }
}
