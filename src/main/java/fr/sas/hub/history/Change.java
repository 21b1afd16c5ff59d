package fr.sas.hub.history;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One change, for whoever shows it to the person concerned.
 *
 * @param about address of what was changed, below that of its subject
 * @param client who wrote it
 * @param person for whom, as {@link fr.sas.hub.access.Person} spells them; null when it wrote for itself
 * @param before null when it is new
 * @param after null when it is gone
 */
public record Change(
        Instant at,
        History.Kind kind,
        String about,
        String client,
        @Nullable String person,
        @Nullable JsonNode before,
        @Nullable JsonNode after) {

    private static final Pattern AT_PLACE = Pattern.compile("agenda/places/([^/]+)/.*");

    /** The place that it is about, as what was changed names it: the newer name, where it moved; null for none. */
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

    static Change of(Line line) {
        return new Change(
                line.at(),
                line.kind(),
                line.about(),
                line.by().client(),
                line.by().person(),
                line.before(),
                line.after());
    }
}
