package fr.sas.hub.history;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change, as passed to {@link History#record}.
 *
 * @param undoesDeletion whether it restored what an earlier change had deleted; false in lines that older hubs wrote
 */
record HistoryLine(
        Subject subject,
        Instant at,
        History.Kind kind,
        String about,
        Authorship by,
        @Nullable JsonNode before,
        @Nullable JsonNode after,
        boolean undoesDeletion) {}
