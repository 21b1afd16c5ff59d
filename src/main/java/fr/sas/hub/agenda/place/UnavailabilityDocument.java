package fr.sas.hub.agenda.place;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** When nobody is available at a place, in the API. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Unavailability")
public record UnavailabilityDocument(
        @Schema(
                description = "From now on until further notice, that is, until it is sent as false",
                defaultValue = "false")
        @Nullable
        Boolean fromNow,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "Since when, if fromNow") @Nullable
        OffsetDateTime since,

        @Schema(
                description =
                        "At most three scheduled periods, which may touch or overlap; those that are over are left out")
        @Nullable
        List<@Nullable PeriodDocument> periods,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String zone,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    @Schema(name = "UnavailabilityPeriod")
    public record PeriodDocument(
            @Schema(description = "First day, in the place's local time", example = "2026-07-13") @Nullable
            String from,

            @Schema(description = "Last day, inclusive", example = "2026-07-26") @Nullable
            String to) {}

    /** What was entered in a form. */
    public static UnavailabilityDocument ofForm(boolean fromNow, List<PeriodDocument> periods) {
        return new UnavailabilityDocument(fromNow, null, List.copyOf(periods), null, null, null);
    }

    public static UnavailabilityDocument of(PlaceTables.Versioned<Unavailability> said, ZoneId zone) {
        Instant since = said.what().since();
        return new UnavailabilityDocument(
                since != null,
                since == null ? null : since.atZone(zone).toOffsetDateTime(),
                said.what().periods().stream()
                        .map(period -> new PeriodDocument(
                                period.from().toString(), period.to().toString()))
                        .toList(),
                zone.getId(),
                said.changed() == null ? null : said.changed().at(),
                said.changed() == null ? null : said.changed().by());
    }
}
