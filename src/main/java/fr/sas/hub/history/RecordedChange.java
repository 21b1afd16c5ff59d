package fr.sas.hub.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One change, to be shown to the person concerned.
 *
 * @param about path of what was changed, relative to its subject
 * @param client who made it
 * @param person on whose behalf, in the form of {@link fr.sas.hub.access.Person}; null when it acted for itself
 * @param before null when it is new
 * @param after null when it was deleted
 * @param undoesDeletion whether it restored what an earlier change had deleted; older lines do not say so
 */
public record RecordedChange(
        Instant at,
        History.Kind kind,
        String about,
        String client,
        @Nullable String person,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        boolean undoesDeletion) {

    private static final Pattern AT_PLACE = Pattern.compile("agenda/places/([^/]+)/.*");

    /** The place concerned, as named in the document: the newer name when it moved; null for none. */
    public @Nullable String place() {
        Matcher named = AT_PLACE.matcher(about);
        if (named.matches()) {
            return named.group(1);
        }
        JsonNode document = after != null ? after : before;
        return document != null && document.path("place").isTextual()
                ? document.path("place").asText()
                : null;
    }

    static RecordedChange of(HistoryLine line) {
        return new RecordedChange(
                line.at(),
                line.kind(),
                line.about(),
                line.by().client(),
                line.by().person(),
                line.before(),
                line.after(),
                line.undoesDeletion());
    }
}
