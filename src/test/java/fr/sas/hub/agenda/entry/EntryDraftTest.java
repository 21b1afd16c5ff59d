package fr.sas.hub.agenda.entry;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** On which days an entry takes place. */
class EntryDraftTest {

    private static final PractitionerId ALICE = Batches.practitioner(1);
    private static final LocalDate FRIDAY = LocalDate.parse("2026-06-12");

    @Property(tries = 300)
    void it_took_place_before_a_day_when_one_of_its_days_is_earlier(
            @ForAll @Size(min = 1) Set<DayOfWeek> days,
            @ForAll @IntRange(min = 7, max = 20) int untilAfter,
            @ForAll @IntRange(min = -3, max = 30) int asked) {
        LocalDate day = FRIDAY.plusDays(asked);
        for (WeeklyRecurrence weekly : new @Nullable WeeklyRecurrence[] {
            null, new WeeklyRecurrence(days, null), new WeeklyRecurrence(days, FRIDAY.plusDays(untilAfter))
        }) {
            EntryDraft draft = draft(weekly);

            assertThat(draft.takesPlaceBefore(day))
                    .isEqualTo(FRIDAY.minusDays(5)
                            .datesUntil(FRIDAY.plusDays(40))
                            .anyMatch(each -> each.isBefore(day) && draft.isOn(each)));
        }
    }

    @Example
    void to_know_that_takes_no_longer_for_a_day_in_a_million_years() {
        assertThat(draft(new WeeklyRecurrence(EnumSet.allOf(DayOfWeek.class), null))
                        .takesPlaceBefore(LocalDate.MAX))
                .isTrue();
    }

    private static EntryDraft draft(@Nullable WeeklyRecurrence weekly) {
        return new EntryDraft(
                Batches.place(ALICE, 1),
                EntryDraft.Kind.SLOT,
                FRIDAY,
                weekly,
                LocalTime.of(9, 0),
                LocalTime.of(9, 15),
                1,
                EnumSet.of(ConsultationMode.AT_PRACTICE),
                EnumSet.of(Audience.PUBLIC));
    }
}
