package fr.sas.hub.agenda.entry;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An entry in the API. Read-only properties are ignored in requests. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "AgendaEntry")
public record EntryDocument(
        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String id,

        @Schema(
                description =
                        "A place of practice: the directory's id, or a national id of the structure; may be left out for a"
                                + " health centre")
        @Nullable
        String place,

        @Schema(
                description =
                        "Day of the start, in the place's local time; for a weekly entry its first day, on which it takes"
                                + " place whatever the weekday",
                example = "2026-06-12")
        @Nullable
        String date,

        @Schema(description = "On date, and then every week on these days without end; if left out, only once")
        @Nullable
        WeeklyDocument weekly,

        @Schema(
                description =
                        "In the place's local time; an hour that occurs twice, as the clocks go back, means the first of"
                                + " the two; one that does not exist, as they go forward, is refused unless weekly",
                example = "08:30")
        @Nullable
        String start,

        @Schema(
                description =
                        "In the place's local time; after the start, unless endsNextDay is true; hours that occur twice or not at"
                                + " all as for the start",
                example = "08:45")
        @Nullable
        String end,

        @Schema(
                description =
                        "Whether the end is on the next day; it must then be an earlier time of day than the start",
                defaultValue = "false")
        @Nullable
        Boolean endsNextDay,

        @Schema(description = "How many patients can be sent", defaultValue = "1") @Nullable
        Integer patients,

        @Schema(
                description = "A slot is for one patient; if left out, it follows from the number of patients",
                allowableValues = {"slot", "range"})
        @Nullable
        String kind,

        @Schema(description = "AMB at the practice, HH home visit, VR teleconsultation; at least one") @Nullable
        List<@Nullable String> modes,

        @Schema(description = "Who may be sent: PUBLIC, PRO, SNP, CPTS; if left out, PUBLIC, PRO and SNP") @Nullable
        List<@Nullable String> audiences,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String zone,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "The (first) start as an instant") @Nullable
        OffsetDateTime startsAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "The (first) end as an instant") @Nullable
        OffsetDateTime endsAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant createdAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String createdBy,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        Instant changedAt,

        @Schema(accessMode = Schema.AccessMode.READ_ONLY) @Nullable
        String changedBy) {

    /** @param until read-only: the last day, if another entry follows this one */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AgendaWeekly")
    public record WeeklyDocument(
            @Schema(description = "monday, tuesday, wednesday, thursday, friday, saturday, sunday; at least one")
            @Nullable
            List<@Nullable String> days,

            @Schema(accessMode = Schema.AccessMode.READ_ONLY, description = "The last day, if another entry follows")
            @Nullable
            String until) {

        public static @Nullable WeeklyDocument of(@Nullable WeeklyRecurrence weekly) {
            return weekly == null
                    ? null
                    : new WeeklyDocument(
                            codes(DayOfWeek.values(), weekly.days(), WeeklyDocument::name),
                            weekly.until() == null ? null : weekly.until().toString());
        }

        public static String name(DayOfWeek day) {
            return day.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was entered in a form, in the order of its fields.
     *
     * @param days names of weekdays; empty if it takes place once
     */
    public static EntryDocument typed(
            String place,
            @Nullable String date,
            @Nullable String start,
            @Nullable String end,
            boolean endsNextDay,
            @Nullable String kind,
            int patients,
            List<String> modes,
            List<String> days) {
        return new EntryDocument(
                null,
                place,
                date,
                days.isEmpty() ? null : new WeeklyDocument(List.copyOf(days), null),
                start,
                end,
                endsNextDay,
                patients,
                kind,
                List.copyOf(modes),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A copy on another day and with another recurrence. */
    public EntryDocument on(@Nullable String day, @Nullable WeeklyDocument recurrence) {
        return with(place, day, recurrence);
    }

    /** A copy at another place. */
    public EntryDocument at(String otherPlace) {
        return with(otherPlace, date, weekly);
    }

    private EntryDocument with(@Nullable String otherPlace, @Nullable String day, @Nullable WeeklyDocument recurrence) {
        return new EntryDocument(
                id,
                otherPlace,
                day,
                recurrence,
                start,
                end,
                endsNextDay,
                patients,
                kind,
                modes,
                audiences,
                zone,
                startsAt,
                endsAt,
                createdAt,
                createdBy,
                changedAt,
                changedBy);
    }

    public static EntryDocument of(AgendaEntry entry) {
        EntryDraft typed = entry.typed();
        ZoneId zone = typed.place().zone();
        Occurrence occurrence = typed.first();
        return new EntryDocument(
                entry.id().toString(),
                typed.place().key(),
                typed.date().toString(),
                WeeklyDocument.of(typed.weekly()),
                typed.start().toString(),
                typed.end().toString(),
                typed.endsNextDay(),
                typed.patients(),
                typed.kind().name().toLowerCase(Locale.ROOT),
                codes(ConsultationMode.values(), typed.modes(), ConsultationMode::code),
                codes(Audience.values(), typed.audiences(), Audience::code),
                zone.getId(),
                occurrence.start().atZone(zone).toOffsetDateTime(),
                occurrence.end().atZone(zone).toOffsetDateTime(),
                entry.created().at(),
                entry.created().by(),
                entry.changed().at(),
                entry.changed().by());
    }

    static <E> List<@Nullable String> codes(E[] all, Set<E> chosen, Function<E, String> code) {
        return Arrays.stream(all).filter(chosen::contains).map(code).toList();
    }
}
