package fr.sas.hub.access;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/** The manners of every write: ETag, If-Match (RFC 9110 §13.1.1), and who acts for whom. */
public final class Versions {

    private Versions() {}

    /** The header for this version. */
    public static String etag(long version) {
        return "\"" + version + "\"";
    }

    /** The version an If-Match asks for: null for any (none or {@code *}), -1 for one that never was. */
    public static @Nullable Long expected(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.replace("W/", "").replace("\"", ""));
        } catch (NumberFormatException e) {
            return -1L;
        }
    }

    /** @throws StaleWrite when another version is in force than the one expected */
    public static void check(@Nullable Long expected, long current) {
        if (expected != null && expected != current) {
            throw new StaleWrite(current);
        }
    }

    /** Who writes, for the history: the client, and the person it acts for when it names one (X-Acting-Person). */
    public static String by(Authentication client, @Nullable String person) {
        return person == null ? client.getName() : client.getName() + " for " + person;
    }
}
