package fr.sas.hub.agenda.place;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a regulator should know about a place, in the API. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AdditionalInformation")
public record InformationDocument(
        @Schema(
                description = "Plain text (phone, hours…) of at most 1,000 characters; empty or left out for none",
                maxLength = 1000)
        @Nullable
        String text,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    public static InformationDocument of(PlaceTables.Versioned<Optional<String>> said) {
        return new InformationDocument(
                said.what().orElse(""),
                said.changed() == null ? null : said.changed().at(),
                said.changed() == null ? null : said.changed().by());
    }
}
