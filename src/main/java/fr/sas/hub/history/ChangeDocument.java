package fr.sas.hub.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One change as it is written on the wire. */
@Schema(name = "Change")
record ChangeDocument(
        Instant at,
        ChangeAuthor by,

        @Schema(description = "settings, agenda, unavailability, information, feed, delegation or managers")
        String kind,

        @Schema(
                description = "Path of what was changed, relative to the practitioner or facility",
                example = "agenda/entries/0197609e-8d5c-7e3c-9a44-1d7d3c7b0f55/occurrences/2026-06-22")
        String about,

        @Schema(description = "The earlier state, as its address returned it; null when it is new", type = "object")
        @Nullable
        JsonNode before,

        @Schema(description = "The new state; null when it was deleted", type = "object") @Nullable
        JsonNode after,

        @Schema(description = "Whether it undid a deletion: the new state is the one that had been deleted")
        boolean undoesDeletion) {

    /** Who made the change. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Author")
    record ChangeAuthor(
            @Schema(description = "Id of the client, such as a portal")
            String client,

            @Schema(
                    description =
                            "The person on whose behalf the client acted, in the form of X-Acting-Person; absent when it"
                                    + " acted for itself",
                    example = "delegate alice.durand@exemple.fr")
            @Nullable
            String person) {}

    static ChangeDocument of(HistoryLine line) {
        return new ChangeDocument(
                line.at(),
                new ChangeAuthor(line.by().client(), line.by().person()),
                line.kind().code(),
                line.about(),
                line.before(),
                line.after(),
                line.undoesDeletion());
    }
}
