package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The form that changes a slot, once or every week, sent twice. */
class SlotChangeSentTwiceTest extends AgendaFormsSentTwice {

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void a_change_sent_twice_is_one_also_to_another_day(int later) {
        String occurrence = aSlot();
        String[] form = hours(alice.open(occurrence), later, "10:00", "10:30");

        alice.submit(occurrence, form);
        HttpResponse<String> second = alice.submit(occurrence, form);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("Votre modification est enregistrée", "10h00 - 10h30");
        assertThat(entries()).isEqualTo(1);
    }

    /** @param later by how many days the date moves; @param ticked, made weekdays, counted from that of the date */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "other hours, 0, 0, 0",
        "another date, 1, 0, 1",
        "another weekday, 0, 1, 1",
        "one weekday more, 0, 0 2, 0 2",
        "another date and its weekday, 1, 1, 1",
        "once only, 1, '', ''"
    })
    void pm15_a_change_of_all_weeks_sent_twice_is_one(String what, int later, String ticked, String made) {
        String occurrence = aSlotOfEveryWeek();
        String[] form = allWeeks(alice.open(occurrence), later, ticked);

        HttpResponse<String> first = alice.submit(occurrence, form);
        String shown = alice.passed().getLast();
        HttpResponse<String> second = alice.submit(occurrence, form);

        for (HttpResponse<String> week : List.of(first, second)) {
            assertThat(week.statusCode()).isEqualTo(200);
            assertThat(week.body())
                    .contains("Votre modification est enregistrée", "10h00 - 10h30")
                    .containsPattern("<li class=\"block [^\"]* fresh\"");
        }
        assertThat(alice.passed().getLast()).isEqualTo(shown);
        assertThat(entries()).isEqualTo(1);
        assertThat(weekdays())
                .containsExactlyInAnyOrderElementsOf(weekdays(made).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void pm15_a_change_of_one_occurrence_sent_twice_is_one(int later) {
        String occurrence = aSlotOfEveryWeek();
        String[] form = with(
                hours(alice.open(occurrence), later, "10:00", "10:30"),
                "portee",
                "THIS_OCCURRENCE",
                "jours",
                weekday(0));

        alice.submit(occurrence, form);
        HttpResponse<String> second = alice.submit(occurrence, form);

        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(second.body()).contains("Votre modification est enregistrée", "10h00 - 10h30");
        assertThat(weekdays()).containsExactly(weekday(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2})
    void a_dated_slot_that_comes_every_week_from_another_day_on_is_said_twice_and_shown(int later) {
        String occurrence = aSlot();
        String[] form = with(hours(alice.open(occurrence), later, "08:00", "08:30"), "jours", weekday(1));

        for (int time = 0; time < 2; time++) {
            HttpResponse<String> week = alice.submit(occurrence, form);
            assertThat(week.statusCode()).isEqualTo(200);
            assertThat(week.body()).contains("Votre modification est enregistrée");
            assertThat(alice.passed().getLast()).contains("jour=" + day.plusDays(later));
        }
        assertThat(weekdays()).containsExactlyInAnyOrder(weekday(later), weekday(1));
    }

    @Test
    void a_change_sent_again_to_what_was_deleted_and_made_again_by_its_form_is_made() {
        String[] made = slotForm(alice, 8);
        String occurrence = occurrence(alice.submit(newSlot, made));
        String[] change = hours(alice.open(occurrence), 0, "10:00", "10:30");
        alice.submit(occurrence, change);
        alice.submit(occurrence + "/suppression", filledIn(alice.open(occurrence + "/suppression")));
        alice.submit(newSlot, made);

        HttpResponse<String> again = alice.submit(occurrence, change);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.body()).contains("Votre modification est enregistrée", "10h00 - 10h30");
    }

    @Test
    void a_change_sent_again_over_a_colleagues_is_told_and_not_said_to_be_done() {
        String occurrence = aSlotOfEveryWeek();
        String[] form = allWeeks(alice.open(occurrence), 0, "0");
        alice.submit(occurrence, form);
        PageReader camille = delegate();
        camille.submit(
                occurrence,
                with(
                        hours(camille.open(occurrence), 0, "14:00", "14:30"),
                        "portee",
                        "THIS_OCCURRENCE",
                        "jours",
                        weekday(0)));

        HttpResponse<String> second = alice.submit(occurrence, form);

        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body())
                .contains("Cette disponibilité a été modifiée entre-temps", "14h00 - 14h30", "Camille MARTIN");
    }

    @Test
    void a_weekday_that_a_colleague_did_not_tick_is_not_said_to_be_saved() {
        String occurrence = aSlot();
        String[] form = with(hours(alice.open(occurrence), 0, "10:00", "10:30"), "jours", weekday(1));
        PageReader camille = delegate();
        camille.submit(occurrence, hours(camille.open(occurrence), 0, "10:00", "10:30"));

        HttpResponse<String> told = alice.submit(occurrence, form);

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(weekdays()).isEmpty();
    }

    private String[] allWeeks(HttpResponse<String> form, int later, String ticked) {
        return with(
                hours(form, later, "10:00", "10:30"),
                Stream.concat(
                                Stream.of("portee", "ALL_WEEKS"),
                                weekdays(ticked).flatMap(day -> Stream.of("jours", day)))
                        .toArray(String[]::new));
    }

    /** @param days numbers of days after the first */
    private Stream<String> weekdays(String days) {
        return Arrays.stream(days.split(" ")).filter(day -> !day.isEmpty()).map(day -> weekday(Integer.parseInt(day)));
    }
}
