package fr.sas.hub.agenda.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Hours of the place's clock become instants. */
class OccurrenceTest {

    @ParameterizedTest(name = "{4}")
    @CsvSource({
        "2026-06-12, 09:00, 09:15, '2026-06-12T07:00:00Z 2026-06-12T07:15:00Z', an ordinary summer day",
        "2026-01-12, 09:00, 09:15, '2026-01-12T08:00:00Z 2026-01-12T08:15:00Z', an ordinary winter day",
        "2026-06-12, 20:00, 08:00, '2026-06-12T18:00:00Z 2026-06-13T06:00:00Z', a night",
        "2026-06-12, 00:00, 23:59, '2026-06-11T22:00:00Z 2026-06-12T21:59:00Z', a whole day",
        "2026-06-12, 08:00, 00:00, '2026-06-12T06:00:00Z 2026-06-12T22:00:00Z', until midnight",
        "2026-03-29, 01:30, 01:45, '2026-03-29T00:30:00Z 2026-03-29T00:45:00Z', before the spring gap",
        "2026-03-29, 02:30, 02:45, '2026-03-29T01:30:00Z 2026-03-29T01:45:00Z', inside the gap: an hour later",
        "2026-03-29, 02:30, 04:00, '2026-03-29T01:30:00Z 2026-03-29T02:00:00Z', out of the gap: shorter",
        "2026-03-29, 02:30, 03:15, '2026-03-29T01:30:00Z 2026-03-29T02:15:00Z', out of the gap with nothing left",
        "2026-03-29, 02:30, 03:30, '2026-03-29T01:30:00Z 2026-03-29T02:30:00Z', out of the gap with nothing at all left",
        "2026-03-29, 01:45, 02:15, '2026-03-29T00:45:00Z 2026-03-29T01:15:00Z', into the gap",
        "2026-03-28, 20:00, 08:00, '2026-03-28T19:00:00Z 2026-03-29T06:00:00Z', the short night",
        "2026-03-28, 20:00, 02:30, '2026-03-28T19:00:00Z 2026-03-29T01:30:00Z', the short night into the gap",
        "2026-10-25, 02:30, 02:45, '2026-10-25T00:30:00Z 2026-10-25T00:45:00Z', twice in autumn: the first",
        "2026-10-25, 02:30, 03:00, '2026-10-25T00:30:00Z 2026-10-25T02:00:00Z', over the hour that comes twice",
        "2026-10-25, 01:45, 02:15, '2026-10-24T23:45:00Z 2026-10-25T00:15:00Z', until the first of the two",
        "2026-10-24, 20:00, 08:00, '2026-10-24T18:00:00Z 2026-10-25T07:00:00Z', the long night",
    })
    void hours_in_paris_become_instants(
            LocalDate date, LocalTime start, LocalTime end, String expected, String description) {
        Occurrence occurrence = Occurrence.of(date, start, end, ZoneId.of("Europe/Paris"));

        assertThat(occurrence.start() + " " + occurrence.end()).as(description).isEqualTo(expected);
        assertThat(occurrence.date()).isEqualTo(date);
    }

    @ParameterizedTest
    @CsvSource({
        "Indian/Reunion, 2026-06-12T20:30:00Z",
        "Pacific/Noumea, 2026-06-12T13:30:00Z",
        "America/Martinique, 2026-06-13T04:30:00Z",
        "Pacific/Marquesas, 2026-06-13T10:00:00Z",
        "America/Miquelon, 2026-06-13T02:30:00Z",
    })
    void the_date_is_the_places(ZoneId zone, Instant expected) {
        Occurrence occurrence =
                Occurrence.of(LocalDate.parse("2026-06-13"), LocalTime.of(0, 30), LocalTime.of(0, 45), zone);

        assertThat(occurrence.start()).isEqualTo(expected);
    }

    @Property
    void every_occurrence_has_a_length_of_at_most_a_day_and_the_hour_that_comes_twice(
            @ForAll("zones") ZoneId zone,
            @ForAll("daysAroundChanges") LocalDate date,
            @ForAll("times") LocalTime start,
            @ForAll("times") LocalTime end) {
        Assume.that(!start.equals(end));

        Occurrence occurrence = Occurrence.of(date, start, end, zone);

        assertThat(Duration.between(occurrence.start(), occurrence.end()))
                .isPositive()
                .isLessThan(Duration.ofHours(25));
    }

    @Property
    void on_the_places_clock_it_begins_when_it_was_typed_unless_that_time_does_not_exist(
            @ForAll("zones") ZoneId zone,
            @ForAll("daysAroundChanges") LocalDate date,
            @ForAll("times") LocalTime start,
            @ForAll("times") LocalTime end) {
        Assume.that(!start.equals(end));

        ZonedDateTime begins = Occurrence.of(date, start, end, zone).start().atZone(zone);

        boolean exists = !zone.getRules().getValidOffsets(date.atTime(start)).isEmpty();
        assertThat(begins.toLocalDateTime()).isEqualTo(exists ? date.atTime(start) : date.atTime(start.plusHours(1)));
    }

    @Property
    void away_from_clock_changes_it_lasts_as_long_as_the_hands_turn(
            @ForAll("overseas") ZoneId zone,
            @ForAll("daysAroundChanges") LocalDate date,
            @ForAll("times") LocalTime start,
            @ForAll("times") LocalTime end) {
        Assume.that(!start.equals(end));

        Occurrence occurrence = Occurrence.of(date, start, end, zone);

        long minutes = Math.floorMod(Duration.between(start, end).toMinutes(), 24 * 60L);
        assertThat(Duration.between(occurrence.start(), occurrence.end())).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Paris", "America/Miquelon", "Indian/Reunion", "Pacific/Noumea", "Pacific/Tahiti")
                .map(ZoneId::of);
    }

    /** Those without clock changes. */
    @Provide
    Arbitrary<ZoneId> overseas() {
        return Arbitraries.of(
                        "Indian/Reunion",
                        "Indian/Mayotte",
                        "America/Martinique",
                        "America/Guadeloupe",
                        "America/Cayenne",
                        "America/St_Barthelemy",
                        "America/Marigot",
                        "Pacific/Tahiti",
                        "Pacific/Marquesas",
                        "Pacific/Noumea",
                        "Pacific/Wallis")
                .map(ZoneId::of);
    }

    /** The week around each change of 2026, of Paris and of Miquelon. */
    @Provide
    Arbitrary<LocalDate> daysAroundChanges() {
        return Arbitraries.of("2026-03-08", "2026-03-29", "2026-10-25", "2026-11-01")
                .map(LocalDate::parse)
                .flatMap(change -> Arbitraries.integers().between(-2, 2).map(change::plusDays));
    }

    @Provide
    Arbitrary<LocalTime> times() {
        return Arbitraries.integers().between(0, 24 * 60 - 1).map(minute -> LocalTime.MIN.plusMinutes(minute));
    }
}
