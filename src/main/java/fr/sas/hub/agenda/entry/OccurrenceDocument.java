package fr.sas.hub.agenda.entry;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One occurrence in the API; changes to it are sent as an {@link EntryDocument}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AgendaOccurrence")
public record OccurrenceDocument(
        @Schema(description = "The entry to which the occurrence belongs")
        String entry,

        @Schema(
                description = "Its local date in that entry, which continues to identify it however it is changed",
                example = "2026-06-12")
        String occurrence,

        @Schema(description = "Version of the entry, for If-Match")
        long version,

        @Schema(description = "Whether the entry takes place every week")
        boolean weekly,

        @Schema(description = "Whether this occurrence was changed separately from the others")
        boolean changed,

        String place,

        @Schema(description = "Day of the start, in the place's local time")
        String date,

        String start,
        String end,

        @Schema(description = "Whether the end is on the next day")
        boolean endsNextDay,

        int patients,

        @Schema(description = "How many of them are booked; may exceed patients if the entry was changed afterwards")
        int booked,

        String kind,
        List<@Nullable String> modes,
        List<@Nullable String> audiences,
        String zone,
        OffsetDateTime startsAt,
        OffsetDateTime endsAt) {

    public static OccurrenceDocument of(OccurrenceView shown) {
        EntryDraft typed = shown.entry().typed();
        ZoneId zone = typed.place().zone();
        return new OccurrenceDocument(
                shown.name().entry().toString(),
                shown.name().date().toString(),
                shown.version(),
                shown.isChanged() || typed.weekly() != null,
                shown.isChanged(),
                typed.place().key(),
                shown.occurrence().date().toString(),
                typed.start().toString(),
                typed.end().toString(),
                typed.endsNextDay(),
                typed.patients(),
                shown.booked(),
                typed.kind().name().toLowerCase(Locale.ROOT),
                EntryDocument.codes(ConsultationMode.values(), typed.modes(), ConsultationMode::code),
                EntryDocument.codes(Audience.values(), typed.audiences(), Audience::code),
                zone.getId(),
                shown.occurrence().start().atZone(zone).toOffsetDateTime(),
                shown.occurrence().end().atZone(zone).toOffsetDateTime());
    }
}
