package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.agenda.entry.Occurrence;
import fr.sas.hub.agenda.hours.WeekOfHours;
import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.index.Trimming;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.testing.Batches;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.EnumSet;
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
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Hours of visibility against counting minute by minute what search finds, over a change of the clocks. */
class HoursPropertiesTest {

    /** Thursday; the clocks of the mainland change on Sunday the 29th. */
    private static final Instant FIRST = Instant.parse("2026-03-26T00:00:00Z");

    /** Nobody is away yet. */
    private static final Instant BEFORE = FIRST.minusSeconds(60);

    private static final int MINUTES = 7 * 24 * 60;
    private static final LocalDate FROM = LocalDate.parse("2026-03-26");
    private static final LocalDate TO = LocalDate.parse("2026-04-02");

    private static final PractitionerId ALICE = Batches.practitioner(1);
    private static final PracticeLocation PLACE = Batches.place(ALICE, 1);

    record TypedEntry(int patients, int start, int length) {
        Occurrence occurrence() {
            return new Occurrence(FROM, minute(start), minute(start + length));
        }

        /** As search is told of it. */
        Slot slot() {
            Occurrence occurrence = occurrence();
            return new Slot(
                    ALICE,
                    PLACE.key(),
                    occurrence.start(),
                    occurrence.end(),
                    EnumSet.of(Audience.PUBLIC),
                    EnumSet.of(ConsultationMode.AT_PRACTICE),
                    List.of(),
                    List.of(),
                    AppointmentType.ROUTINE,
                    null,
                    List.of(),
                    patients,
                    "typed");
        }
    }

    @Property(tries = 300)
    void hours_are_the_minutes_during_which_search_finds_somebody_as_often_as_there_are_doctors(
            @ForAll("agendas") List<TypedEntry> agenda,
            @ForAll("absences") List<Absence> absences,
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(min = 1, max = 3) int doctors) {
        List<WeekOfHours.ZonedSpan> hours = agenda.stream()
                .flatMap(typed -> VisiblePart.visibleSpans(typed.patients, typed.occurrence(), absences).stream())
                .map(span -> new WeekOfHours.ZonedSpan(span.start(), span.end(), zone))
                .toList();

        Map<LocalDate, Duration> counted = new TreeMap<>();
        WeekOfHours.of(hours, FROM, TO, monday -> doctors).forEach(week -> counted.put(week.monday(), week.visible()));

        Map<LocalDate, Duration> expected = new TreeMap<>(
                Map.of(LocalDate.parse("2026-03-23"), Duration.ZERO, LocalDate.parse("2026-03-30"), Duration.ZERO));
        List<Slot> found = agenda.stream()
                .flatMap(typed -> Trimming.left(typed.slot(), PLACE, absences, BEFORE).stream())
                .toList();
        for (int i = 0; i < MINUTES; i++) {
            Instant minute = minute(i);
            long atOnce = found.stream()
                    .filter(slot -> !minute.isBefore(slot.start()) && minute.isBefore(slot.end()))
                    .count();
            LocalDate day = LocalDate.ofInstant(minute, zone);
            expected.computeIfPresent(
                    day.minusDays(day.getDayOfWeek().getValue() - 1),
                    (monday, sum) -> sum.plusMinutes(Math.min(doctors, atOnce)));
        }
        assertThat(counted).isEqualTo(expected);
    }

    @Example
    void a_week_is_named_by_the_year_of_its_thursday_and_two_hours_are_enough() {
        WeekOfHours week = new WeekOfHours(LocalDate.parse("2025-12-29"), Duration.ofMinutes(120), 1);

        assertThat(week.week()).isEqualTo("2026-W01");
        assertThat(week.isTwoHours()).isTrue();
        assertThat(new WeekOfHours(week.monday(), Duration.ofMinutes(119), 1).isTwoHours())
                .isFalse();
        assertThat(new WeekOfHours(week.monday(), Duration.ofMinutes(479), 4).isTwoHours())
                .isFalse();
        assertThat(new WeekOfHours(week.monday(), Duration.ofMinutes(480), 4).isTwoHours())
                .isTrue();
    }

    private static Instant minute(int number) {
        return FIRST.plusSeconds(60L * number);
    }

    @Provide
    Arbitrary<List<TypedEntry>> agendas() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 2),
                        Arbitraries.integers().between(0, MINUTES - 1_000),
                        Arbitraries.oneOf(
                                Arbitraries.integers().between(1, 1_000),
                                Arbitraries.integers().between(50, 70)))
                .as(TypedEntry::new)
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
