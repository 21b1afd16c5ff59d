package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** Hours of visibility against counting minute by minute, over a change of the clocks. */
class HoursPropertiesTest {

    /** Thursday; the clocks of the mainland change on Sunday the 29th. */
    private static final Instant FIRST = Instant.parse("2026-03-26T00:00:00Z");

    private static final int MINUTES = 7 * 24 * 60;
    private static final LocalDate FROM = LocalDate.parse("2026-03-26");
    private static final LocalDate TO = LocalDate.parse("2026-04-02");

    record Typed(Draft.Kind kind, int start, int length) {
        Occurrence occurrence() {
            return new Occurrence(FROM, minute(start), minute(start + length));
        }
    }

    @Property(tries = 300)
    void hours_are_the_minutes_during_which_somebody_is_there(
            @ForAll("agendas") List<Typed> agenda,
            @ForAll("absences") List<Absence> absences,
            @ForAll("zones") ZoneId zone) {
        List<WeekOfHours.At> hours = agenda.stream()
                .flatMap(typed -> Visible.left(typed.kind, typed.occurrence(), absences).stream())
                .map(span -> new WeekOfHours.At(span.start(), span.end(), zone))
                .toList();

        Map<LocalDate, Duration> counted = new TreeMap<>();
        WeekOfHours.of(hours, FROM, TO).forEach(week -> counted.put(week.monday(), week.visible()));

        Map<LocalDate, Duration> expected = new TreeMap<>(
                Map.of(LocalDate.parse("2026-03-23"), Duration.ZERO, LocalDate.parse("2026-03-30"), Duration.ZERO));
        for (int i = 0; i < MINUTES; i++) {
            Instant minute = minute(i);
            int now = i;
            if (agenda.stream().anyMatch(typed -> isVisible(typed, now, absences))) {
                LocalDate day = LocalDate.ofInstant(minute, zone);
                expected.merge(day.minusDays(day.getDayOfWeek().getValue() - 1), Duration.ofMinutes(1), Duration::plus);
            }
        }
        assertThat(counted).isEqualTo(expected);
    }

    @Example
    void a_week_is_named_by_the_year_of_its_thursday_and_two_hours_are_enough() {
        WeekOfHours week = new WeekOfHours(LocalDate.parse("2025-12-29"), Duration.ofMinutes(120));

        assertThat(week.week()).isEqualTo("2026-W01");
        assertThat(week.isTwoHours()).isTrue();
        assertThat(new WeekOfHours(week.monday(), Duration.ofMinutes(119)).isTwoHours())
                .isFalse();
    }

    private static boolean isVisible(Typed typed, int now, List<Absence> absences) {
        if (now < typed.start || now >= typed.start + typed.length) {
            return false;
        }
        if (typed.kind == Draft.Kind.RANGE) {
            return absences.stream().noneMatch(absence -> absence.isAt(minute(now)));
        }
        for (int i = typed.start; i < typed.start + typed.length; i++) {
            Instant minute = minute(i);
            if (absences.stream().anyMatch(absence -> absence.isAt(minute))) {
                return false;
            }
        }
        return true;
    }

    private static Instant minute(int number) {
        return FIRST.plusSeconds(60L * number);
    }

    @Provide
    Arbitrary<List<Typed>> agendas() {
        return Combinators.combine(
                        Arbitraries.of(Draft.Kind.class),
                        Arbitraries.integers().between(0, MINUTES - 1_000),
                        Arbitraries.integers().between(1, 1_000))
                .as(Typed::new)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<List<Absence>> absences() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, MINUTES),
                        Arbitraries.integers().between(1, 3_000).injectNull(0.1))
                .as(HoursPropertiesTest::absence)
                .list()
                .ofMaxSize(3);
    }

    private static Absence absence(int from, @Nullable Integer length) {
        return new Absence(minute(from), length == null ? null : minute(from + length));
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of("Europe/Paris", "America/Miquelon", "Pacific/Noumea", "Pacific/Marquesas")
                .map(ZoneId::of);
    }
}
