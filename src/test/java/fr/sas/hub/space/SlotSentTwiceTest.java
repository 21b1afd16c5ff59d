package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The forms that make and delete a slot, sent twice. */
class SlotSentTwiceTest extends AgendaFormsSentTwice {

    @Test
    void a_slot_is_made_once_and_the_second_sending_leads_to_it() {
        String[] form = slotForm(alice, 8);

        alice.submit(newSlot, form);
        String first = alice.passed().getLast();
        HttpResponse<String> second = alice.submit(newSlot, form);

        assertThat(second.body()).contains("Vos créneaux sont désormais visibles");
        assertThat(alice.passed().getLast()).isEqualTo(first);
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void a_deletion_sent_twice_is_one_and_keeps_its_way_back() {
        String occurrence = aSlot();
        String[] form = filledIn(alice.open(occurrence + "/suppression"), "portee", "THIS_OCCURRENCE");

        alice.submit(occurrence + "/suppression", form);
        HttpResponse<String> second = alice.submit(occurrence + "/suppression", form);

        assertThat(second.body()).contains("La disponibilité est supprimée.", "Annuler la suppression");
        String undo = action(second, "/annulation");
        assertThat(alice.submit(undo, "jour", day.toString()).body())
                .contains("La disponibilité est rétablie", "08h00 - 08h30");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void a_deletion_by_a_colleague_is_not_ones_own() {
        String occurrence = aSlot();
        String[] form = filledIn(alice.open(occurrence + "/suppression"), "portee", "THIS_OCCURRENCE");
        PageReader camille = delegate();
        camille.open(occurrence + "/suppression");

        camille.submit(occurrence + "/suppression", form);

        assertThat(alice.submit(occurrence + "/suppression", form).body())
                .contains("elle a été supprimée entre-temps")
                .doesNotContain("Annuler la suppression");
    }

    @Test
    void a_deletion_undone_twice_is_undone_once_and_said_twice() {
        String occurrence = aSlot();
        HttpResponse<String> deleted =
                alice.submit(occurrence + "/suppression", filledIn(alice.open(occurrence + "/suppression")));
        String undo = action(deleted, "/annulation");

        alice.submit(undo, "jour", day.toString());
        HttpResponse<String> second = alice.submit(undo, "jour", day.toString());

        assertThat(second.body()).contains("La disponibilité est rétablie", "08h00 - 08h30");
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void whoever_deleted_one_occurrence_is_not_told_that_all_weeks_are_deleted() {
        String occurrence = aSlotOfEveryWeek();
        String[] form = filledIn(alice.open(occurrence + "/suppression"));
        alice.submit(occurrence + "/suppression", with(form, "portee", "THIS_OCCURRENCE"));

        HttpResponse<String> all = alice.submit(occurrence + "/suppression", with(form, "portee", "ALL_WEEKS"));

        assertThat(all.body())
                .contains("Cette disponibilité n&#39;est plus dans l&#39;agenda")
                .doesNotContain("Annuler la suppression");
        assertThat(weekdays()).containsExactly(weekday(0));
    }

    @Test
    void two_sendings_at_one_time_make_one_slot() {
        PageReader other = practitioner(people.alice, people.email("alice"));
        other.open(space + "/agenda");
        String[] form = slotForm(alice, 8);

        List<HttpResponse<String>> weeks = together(List.of(alice, other), reader -> reader.submit(newSlot, form));

        assertThat(weeks).allSatisfy(week -> assertThat(week.body()).contains("08h00 - 08h30"));
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void two_sendings_at_one_time_in_one_session_fail_neither() {
        for (int hour = 8; hour < 18; hour++) {
            PageReader fresh = practitioner(people.alice, people.email("alice"));
            String[] form = slotForm(fresh, hour);

            assertThat(together(List.of(fresh, fresh), reader -> reader.submit(newSlot, form)))
                    .extracting(HttpResponse::statusCode)
                    .containsExactly(200, 200);
        }
        assertThat(entries()).isEqualTo(10);
    }

    @Test
    void whoever_goes_back_and_types_something_else_loses_nothing_of_it() {
        HttpResponse<String> page = alice.open(newSlot);
        String[] common = {"date", day.toString(), "choix", "slot", "types", "AMB"};
        alice.submit(newSlot, with(filledIn(page, common), "debut", "08:00", "fin", "08:30"));
        HttpResponse<String> week =
                alice.submit(newSlot, with(filledIn(page, common), "debut", "09:00", "fin", "09:30"));

        assertThat(week.body()).contains("08h00 - 08h30", "09h00 - 09h30");
        assertThat(entries()).isEqualTo(2);
    }
}
