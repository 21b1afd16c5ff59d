package fr.sas.hub.agenda.entry;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.Unavailability;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What holds of recurrences and unavailability whatever is typed, in every zone, around every change of the clocks. */
class RecurrencePropertiesTest {

    private static final LocalDate FIRST = LocalDate.parse("2026-01-01");

    @Property(tries = 500)
    void a_weekly_entry_takes_place_on_its_date_and_then_on_its_weekdays_to_its_end(
            @ForAll("days") LocalDate date,
            @ForAll @Size(min = 1) Set<DayOfWeek> weekdays,
            @ForAll @IntRange(min = -1, max = 300) int lasting,
            @ForAll("days") LocalDate from,
            @ForAll @IntRange(min = -3, max = 80) int length) {
        LocalDate until = lasting < 0 ? null : date.plusDays(lasting);
        EntryDraft weekly = draft(date, new WeeklyRecurrence(weekdays, until), ZoneId.of("Europe/Paris"));

        List<LocalDate> expected = Stream.iterate(FIRST, day -> day.plusDays(1))
                .limit(1_100)
                .filter(day -> !day.isBefore(from) && !day.isAfter(from.plusDays(length)))
                .filter(day -> !day.isBefore(date) && (until == null || !day.isAfter(until)))
                .filter(day -> day.equals(date) || weekdays.contains(day.getDayOfWeek()))
                .toList();
        assertThat(weekly.days(from, from.plusDays(length))).isEqualTo(expected);
    }

    @Property(tries = 500)
    void split_anywhere_the_two_parts_are_the_whole(
            @ForAll("days") LocalDate date,
            @ForAll @Size(min = 1) Set<DayOfWeek> weekdays,
            @ForAll @IntRange(min = 1, max = 200) int after) {
        ZoneId paris = ZoneId.of("Europe/Paris");
        LocalDate next = date.plusDays(after);
        LocalDate far = date.plusDays(400);
        EntryDraft whole = draft(date, new WeeklyRecurrence(weekdays, null), paris);
        EntryDraft before = draft(date, new WeeklyRecurrence(weekdays, null).until(next.minusDays(1)), paris);
        WeeklyRecurrence weekly = new WeeklyRecurrence(weekdays, null);
        EntryDraft from = draft(weekly.firstFrom(next).orElseThrow(), weekly, paris);

        assertThat(Stream.concat(before.days(date, far).stream(), from.days(date, far).stream()))
                .containsExactlyElementsOf(whole.days(date, far));
    }

    @Property(tries = 500)
    void every_occurrence_begins_at_the_hour_that_was_typed_on_the_places_clock(
            @ForAll("zones") ZoneId zone,
            @ForAll("days") LocalDate date,
            @ForAll @Size(min = 1) Set<DayOfWeek> weekdays) {
        EntryDraft weekly = draft(date, new WeeklyRecurrence(weekdays, null), zone);

        assertThat(weekly.days(date, date.plusDays(370))).allSatisfy(day -> {
            Occurrence occurrence = weekly.occurrence(day);
            assertThat(occurrence.start().atZone(zone).toLocalDateTime()).isEqualTo(day.atTime(9, 0));
            assertThat(occurrence.end().atZone(zone).toLocalDateTime()).isEqualTo(day.atTime(9, 15));
        });
    }

    @Property(tries = 500)
    void a_place_is_away_on_the_days_of_its_periods_and_since_it_was_said(
            @ForAll("zones") ZoneId zone,
            @ForAll("periods") List<Unavailability.Period> periods,
            @ForAll("beginnings") @Nullable Instant since,
            @ForAll("instants") Instant instant) {
        List<Absence> absences = new Unavailability(since, periods).absences(zone);

        LocalDate day = LocalDate.ofInstant(instant, zone);
        boolean away = since != null && !instant.isBefore(since)
                || periods.stream().anyMatch(period -> !day.isBefore(period.from()) && !day.isAfter(period.to()));
        assertThat(absences.stream().filter(absence -> absence.isAt(instant)).count())
                .isEqualTo(away ? 1 : 0);
    }

    @Property(tries = 500)
    void periods_stay_as_they_were_said_by_date_and_absences_do_not_touch(
            @ForAll("periods") List<Unavailability.Period> periods) {
        Unavailability said = new Unavailability(null, periods);

        assertThat(said.periods())
                .containsExactlyInAnyOrderElementsOf(periods)
                .isSortedAccordingTo(Comparator.comparing(Unavailability.Period::from));
        List<Absence> absences = said.absences(ZoneId.of("Europe/Paris"));
        for (int i = 1; i < absences.size(); i++) {
            assertThat(absences.get(i).from()).isAfter(absences.get(i - 1).until());
        }
    }

    private static EntryDraft draft(LocalDate date, WeeklyRecurrence weekly, ZoneId zone) {
        PracticeLocation place =
                new PracticeLocation("place", null, null, null, null, null, null, null, zone, List.of());
        return new EntryDraft(
                place,
                EntryDraft.Kind.SLOT,
                date,
                weekly,
                LocalTime.of(9, 0),
                LocalTime.of(9, 15),
                1,
                Set.of(ConsultationMode.AT_PRACTICE),
                Set.of(Audience.PUBLIC));
    }

    @Provide
    Arbitrary<LocalDate> days() {
        return Arbitraries.integers().between(0, 700).map(FIRST::plusDays);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.integers()
                .between(0, 60 * 24 * 60)
                .map(minute -> Instant.parse("2026-03-01T00:00:00Z").plusSeconds(60L * minute));
    }

    @Provide
    Arbitrary<Instant> beginnings() {
        return instants().injectNull(0.5);
    }

    @Provide
    Arbitrary<List<Unavailability.Period>> periods() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 50),
                        Arbitraries.integers().between(0, 12))
                .as((from, length) -> new Unavailability.Period(
                        LocalDate.parse("2026-03-01").plusDays(from),
                        LocalDate.parse("2026-03-01").plusDays(from + length)))
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/Paris", "America/Miquelon", "Indian/Reunion", "Pacific/Noumea", "Pacific/Marquesas")
                .map(ZoneId::of);
    }
}
