package fr.sas.hub.index;

import static fr.sas.hub.index.ToldSlot.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.agenda.place.Absence;
import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Whatever somebody offers and whenever nobody is there: what is left is what is left minute by minute. */
class AbsencesPropertiesTest {

    private static final Source LUNE = new Source("lune");
    private static final PracticeLocation HERE = Batches.place(Batches.practitioner(1), 1);
    private static final PracticeLocation THERE = Batches.place(Batches.practitioner(1), 2);
    private static final int MINUTES = 300;

    @Property(tries = 500)
    void a_range_is_left_where_nobody_is_away(
            @ForAll("slots") Slot slot,
            @ForAll("absences") List<Absence> absences,
            @ForAll @IntRange(max = 330) int now) {
        List<Slot> left = trimmed(slot, HERE, absences, at(now));

        for (int minute = 0; minute < MINUTES; minute++) {
            Instant instant = at(minute);
            boolean offered = !instant.isBefore(slot.start()) && instant.isBefore(slot.end());
            boolean whole = IntStream.range(0, MINUTES)
                    .mapToObj(AbsencesPropertiesTest::at)
                    .filter(each -> !each.isBefore(slot.start()) && each.isBefore(slot.end()))
                    .noneMatch(each -> isAway(absences, each));
            boolean expected =
                    offered && !isAway(absences, at(now)) && (slot.isRange() ? !isAway(absences, instant) : whole);
            assertThat(left.stream()
                            .filter(part -> !instant.isBefore(part.start()) && instant.isBefore(part.end()))
                            .count())
                    .isEqualTo(expected ? 1 : 0);
        }
    }

    @Property(tries = 200)
    void other_places_are_left_alone(@ForAll("slots") Slot slot, @ForAll("absences") List<Absence> absences) {
        assertThat(trimmed(slot, THERE, absences, at(0))).containsExactly(slot);
    }

    @Property(tries = 300)
    void until_the_next_change_time_changes_nothing_and_then_it_may(
            @ForAll("slots") Slot slot,
            @ForAll("absences") List<Absence> absences,
            @ForAll @IntRange(max = 330) int now) {
        Instant next = absences(HERE, absences, at(now)).nextChange();

        for (int minute = now; next == null ? minute < MINUTES : at(minute).isBefore(next); minute++) {
            assertThat(trimmed(slot, HERE, absences, at(minute))).isEqualTo(trimmed(slot, HERE, absences, at(now)));
        }
        if (next != null) {
            assertThat(isAway(absences, next)).isNotEqualTo(isAway(absences, next.minusSeconds(1)));
        }
    }

    private static boolean isAway(List<Absence> absences, Instant instant) {
        return absences.stream().anyMatch(absence -> absence.isAt(instant));
    }

    private static List<Slot> trimmed(Slot slot, PracticeLocation away, List<Absence> absences, Instant now) {
        return absences(away, absences, now).trim(List.of(new IndexReader.SlotRow(LUNE, slot, TEN))).stream()
                .map(IndexReader.SlotRow::slot)
                .toList();
    }

    private static AbsenceFilter absences(PracticeLocation away, List<Absence> absences, Instant now) {
        return AbsenceFilter.of(
                List.of(new PlaceNotice(away.key(), away.structure(), absences, null)), List.of(HERE, THERE), now);
    }

    private static Instant at(int minute) {
        return TEN.plus(Duration.ofMinutes(minute));
    }

    @Provide
    Arbitrary<Slot> slots() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(1, 100),
                        Arbitraries.integers().between(1, 2))
                .as((start, length, capacity) -> {
                    Slot usual = Batches.slot(LUNE, Batches.practitioner(1), HERE, at(start));
                    return new Slot(
                            usual.subject(),
                            usual.place(),
                            at(start),
                            at(start + length),
                            usual.audiences(),
                            usual.modes(),
                            usual.reasons(),
                            usual.specialties(),
                            usual.appointmentType(),
                            length % 2 == 0 ? usual.bookingPage() : null,
                            usual.communities(),
                            capacity,
                            usual.reference());
                });
    }

    /** Apart from each other, as they are told; the last may be without end. */
    @Provide
    Arbitrary<List<Absence>> absences() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 80).list().ofMaxSize(6), Arbitraries.of(true, false))
                .as((lengths, open) -> {
                    List<Absence> absences = new ArrayList<>();
                    int minute = 0;
                    for (int i = 0; i + 1 < lengths.size(); i += 2) {
                        int from = minute + lengths.get(i);
                        minute = from + lengths.get(i + 1);
                        boolean last = i + 3 >= lengths.size();
                        @Nullable Instant until = last && open ? null : at(minute);
                        absences.add(new Absence(at(from), until));
                    }
                    return absences;
                });
    }
}
