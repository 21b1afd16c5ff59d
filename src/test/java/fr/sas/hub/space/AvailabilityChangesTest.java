package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was typed is changed or deleted, once or for all weeks, and by two people at a time (guides 002, 003 and 004: PM3 to PM27, FM7 to FM13). */
class AvailabilityChangesTest extends AgendaForms {

    @Test
    void a_change_is_meant_for_one_occurrence_or_for_all_weeks() {
        weekly();
        LocalDate second = day.plusWeeks(1);
        change(second, "09:00", "09:15", "THIS_OCCURRENCE");

        assertThat(hoursOn(day)).containsExactly("08h00 - 08h15");
        assertThat(hoursOn(second)).containsExactly("09h00 - 09h15");
        assertThat(blocks(weekOf(day))).allMatch(block -> block.contains("chaque semaine"));
        assertThat(blocks(weekOf(second)))
                .filteredOn(block -> block.contains("09h00 - 09h15"))
                .as("changed for itself, it comes once")
                .hasSize(1)
                .noneMatch(block -> block.contains("chaque semaine"));
        HttpResponse<String> all = change(day, "10:00", "10:30", "ALL_WEEKS");

        assertThat(text(all.body())).contains("Votre modification est enregistrée");
        assertThat(hoursOn(day)).containsExactly("10h00 - 10h30");
        assertThat(hoursOn(second)).as("changed apart before, it stays").containsExactly("09h00 - 09h15");
        assertThat(hoursOn(day.plusWeeks(2))).containsExactly("10h00 - 10h30");
    }

    @Test
    void a_date_that_moves_for_all_weeks_moves_their_weekday() {
        weekly();
        HttpResponse<String> form = alice.open(address(weekOf(day), day));
        alice.submit(
                form.uri().getPath(),
                "version",
                version(form),
                "lieu",
                place(),
                "date",
                day.plusDays(1).toString(),
                "debut",
                "08:00",
                "fin",
                "08:15",
                "choix",
                "slot",
                "types",
                "AMB",
                "portee",
                "ALL_WEEKS",
                "jours",
                weekday(day));

        assertThat(hoursOn(day)).isEmpty();
        assertThat(hoursOn(day.plusWeeks(1))).isEmpty();
        assertThat(hoursOn(day.plusWeeks(1).plusDays(1))).containsExactly("08h00 - 08h15");
    }

    @Test
    void a_deletion_is_meant_for_one_occurrence_or_for_all_weeks_and_can_be_taken_back() {
        weekly();
        LocalDate second = day.plusWeeks(1);
        change(second.plusWeeks(1), "09:00", "09:15", "THIS_OCCURRENCE");

        HttpResponse<String> asked = alice.open(address(weekOf(second), second) + "/suppression");
        assertThat(text(asked.body()))
                .contains("08h00 - 08h15 ?")
                .contains("Supprimer le créneau ou la plage pour toutes les semaines à compter du " + french(second))
                .contains("Supprimer cette occurrence uniquement : " + french(second));
        delete(second, "THIS_OCCURRENCE");
        assertThat(hoursOn(second)).isEmpty();
        assertThat(hoursOn(day)).hasSize(1);
        HttpResponse<String> week = delete(day, "ALL_WEEKS");
        assertThat(text(week.body())).contains("toutes les semaines à compter de cette date", "Annuler la suppression");
        assertThat(found(day)).isEmpty();

        HttpResponse<String> back = undo(week);

        assertThat(text(back.body())).contains("rétablie telle qu'elle était");
        assertThat(hoursOn(day)).containsExactly("08h00 - 08h15");
        assertThat(hoursOn(second)).as("deleted before").isEmpty();
        assertThat(hoursOn(second.plusWeeks(1))).as("changed before").containsExactly("09h00 - 09h15");
        assertThat(found(day)).containsExactly("08:00");
    }

    @Test
    void a_deletion_is_taken_back_once_and_not_over_what_somebody_changed_since() {
        weekly();
        HttpResponse<String> week = delete(day.plusWeeks(1), "THIS_OCCURRENCE");
        change(day, "11:00", "11:15", "THIS_OCCURRENCE");

        alice.open(agenda);
        HttpResponse<String> refused = undo(week);

        assertThat(text(refused.body())).contains("la suppression ne peut plus être annulée, rien n'a été modifié");
        assertThat(hoursOn(day)).containsExactly("11h00 - 11h15");
        create("date", day.toString(), "debut", "15:00", "fin", "15:15", "choix", "slot", "types", "AMB");
        HttpResponse<String> deleted = deleteAt(address(weekOf(day), day, "15h00"), "THIS_OCCURRENCE");
        assertThat(text(undo(deleted).body())).contains("rétablie");
        alice.open(agenda);
        deleteAt(address(weekOf(day), day, "15h00"), "THIS_OCCURRENCE");
        assertThat(text(undo(deleted).body()))
                .as("what it restored was deleted again")
                .contains("Cette suppression ne peut plus être annulée.");
    }

    @Test
    void the_form_that_deletes_says_whose_availability_it_is_and_where() {
        createSlot();

        HttpResponse<String> form = alice.open(address(weekOf(day), day) + "/suppression");

        assertThat(text(form.body())).contains("08h00 - 08h15 ? Alice DURAND, 1 rue des Lilas");
    }

    @Test
    void whoever_was_overtaken_is_told_once_when_it_was_also_by_the_form_that_deletes() {
        createSlot();
        String occurrence = address(weekOf(day), day);
        HttpResponse<String> form = alice.open(occurrence);
        String[] common = {
            "lieu", place(), "version", version(form), "choix", "slot", "types", "AMB", "date", day.toString()
        };
        PageReader assistant = signIn();
        assistant.open(occurrence);
        assistant.submit(occurrence, with(common, "debut", "12:00", "fin", "12:15"));

        HttpResponse<String> change = alice.submit(occurrence, with(common, "debut", "14:00", "fin", "14:30"));
        HttpResponse<String> deletion =
                alice.submit(occurrence + "/suppression", "version", version(form), "portee", "THIS_OCCURRENCE");

        assertThat(List.of(change, deletion))
                .allSatisfy(told -> assertThat(text(told.body()))
                        .contains("a été modifiée entre-temps. Elle est désormais :")
                        .containsOnlyOnce("Dernière modification le "));
    }

    @Test
    void what_somebody_moved_to_another_day_meanwhile_is_not_called_deleted() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        String occurrence = address(weekOf(day), day);
        PageReader assistant = signIn();
        HttpResponse<String> form = alice.open(occurrence);
        String[] common = {"lieu", place(), "version", version(form), "choix", "slot", "types", "AMB"};
        assistant.open(occurrence);
        LocalDate moved = day.plusDays(1);
        assistant.submit(occurrence, with(common, "date", moved.toString(), "debut", "12:00", "fin", "12:15"));

        HttpResponse<String> told =
                alice.submit(occurrence, with(common, "date", day.toString(), "debut", "14:00", "fin", "14:30"));

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(text(told.body()))
                .contains("Cette disponibilité a été modifiée entre-temps")
                .contains(french(moved) + ", 12h00 - 12h15");
        assertThat(told.body()).contains("value=\"14:00\"", "value=\"14:30\"");
        assertThat(alice.open(occurrence).body())
                .as("its former address leads to where it is")
                .contains("value=\"" + moved + "\"", "value=\"12:00\"");
        assertThat(hoursOn(day)).isEmpty();
        assertThat(hoursOn(moved)).containsExactly("12h00 - 12h15");
    }

    @Test
    void what_is_full_is_not_counted_as_shown_and_the_page_of_the_regulation_says_why() {
        LocalDate tomorrow = LocalDate.now(PARIS).plusDays(1);
        create("date", tomorrow.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        String space = "/espace/effecteurs/" + rpps;
        assertThat(text(alice.open(space).body())).contains("1 créneau saisi");
        assertThat(text(alice.open(space + "/regulation").body()))
                .contains("Rien de ce qui est connu de vos disponibilités des trois prochains jours n'est masqué.");

        booked(tomorrow);

        assertThat(text(alice.open(space).body())).contains("Aucun créneau saisi visible (1 masqué ou complet)");
        assertThat(text(alice.open(space + "/regulation").body()))
                .contains("1 créneau : Complet : tous les patients qui pouvaient y être reçus ont été adressés.")
                .contains("08h00 - 08h15");
    }

    @Test
    void two_slots_at_the_same_hours_of_one_place_are_two() {
        LocalDate tomorrow = LocalDate.now(PARIS).plusDays(1);
        for (int time = 0; time < 2; time++) {
            create("date", tomorrow.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        }
        String space = "/espace/effecteurs/" + rpps;
        assertThat(text(alice.open(space).body())).contains("2 créneaux saisis");

        booked(tomorrow);
        booked(tomorrow);

        assertThat(text(alice.open(space + "/regulation").body())).contains("2 créneaux, chacun pour cette raison :");
    }

    @Test
    void a_deletion_is_asked_about_again_when_an_appointment_was_made_meanwhile() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        String deletion = address(weekOf(day), day) + "/suppression";
        HttpResponse<String> asked = alice.open(deletion);
        String[] sure = {"version", version(asked), "portee", "THIS_OCCURRENCE", "attendus", "0"};
        assertThat(text(asked.body()))
                .startsWith(" Supprimer des disponibilités")
                .doesNotContain("attendu");
        booked(day);

        HttpResponse<String> again = alice.submit(deletion, sure);

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(text(again.body()))
                .contains("Un rendez-vous a été pris entre-temps ; rien n'est encore supprimé.")
                .contains("1 patient y est attendu : prévenez la régulation.");
        assertThat(hoursOn(day)).hasSize(1);
        sure[5] = first("name=\"attendus\" value=\"([^\"]+)\"", again.body());
        alice.open(deletion);
        assertThat(text(alice.submit(deletion, sure).body())).contains("La disponibilité est supprimée.");
    }

    @Test
    void a_deletion_of_all_weeks_counts_the_patients_of_all_weeks_and_stays_one_when_it_is_asked_about_again() {
        weekly();
        String deletion = address(weekOf(day), day) + "/suppression";
        HttpResponse<String> asked = alice.open(deletion);
        LocalDate second = day.plusWeeks(1);
        booked(second);
        change(second, "08:00", "08:20", "THIS_OCCURRENCE");
        alice.open(deletion);

        HttpResponse<String> again = alice.submit(
                deletion, "version", version(asked), "portee", "ALL_WEEKS", "attendus", "0", "attendusEnSuite", "0");

        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(text(again.body()))
                .contains("Un rendez-vous a été pris entre-temps", "Cette disponibilité a été modifiée entre-temps")
                .contains("Pour toutes les semaines à compter de cette date, 1 patient est attendu")
                .doesNotContain("y est attendu");
        assertThat(again.body())
                .containsPattern("value=\"ALL_WEEKS\" checked")
                .doesNotContainPattern("value=\"THIS_OCCURRENCE\" checked")
                .containsPattern("id=\"faults\" tabindex=\"-1\"");
        HttpResponse<String> one = alice.submit(deletion, "version", version(again), "attendus", "0");
        assertThat(text(one.body())).contains("La disponibilité est supprimée.");
        String left = address(weekOf(second), second) + "/suppression";
        HttpResponse<String> rest = alice.open(left);
        assertThat(text(rest.body())).contains("1 patient y est attendu").doesNotContain("Pour toutes les semaines");
        assertThat(text(alice.submit(
                                left,
                                "version",
                                version(rest),
                                "portee",
                                "ALL_WEEKS",
                                "attendusEnSuite",
                                first("name=\"attendusEnSuite\" value=\"([^\"]+)\"", rest.body()))
                        .body()))
                .contains("toutes les semaines à compter de cette date");
    }

    private void booked(LocalDate date) {
        Instant eight = date.atTime(8, 0).atZone(PARIS).toInstant();
        assertThat(HubClient.at(port)
                        .as("test-platform")
                        .post(
                                "/fhir/Appointment",
                                AnAppointment.with(rpps, eight).toString())
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void an_occurrence_moved_for_itself_and_then_changed_for_all_weeks_adds_no_weekday() {
        weekly();
        LocalDate second = day.plusWeeks(1);
        HttpResponse<String> form = alice.open(address(weekOf(second), second));
        String[] common = {"lieu", place(), "choix", "slot", "types", "AMB", "jours", weekday(day)};
        String moved = second.plusDays(1).toString();
        alice.submit(
                form.uri().getPath(),
                with(
                        common,
                        "version",
                        version(form),
                        "date",
                        moved,
                        "debut",
                        "08:00",
                        "fin",
                        "08:15",
                        "portee",
                        "THIS_OCCURRENCE"));
        form = alice.open(form.uri().getPath());

        alice.submit(
                form.uri().getPath(),
                with(
                        common,
                        "version",
                        version(form),
                        "date",
                        moved,
                        "debut",
                        "10:00",
                        "fin",
                        "10:15",
                        "portee",
                        "ALL_WEEKS"));

        assertThat(hoursOn(day)).containsExactly("10h00 - 10h15");
        assertThat(hoursOn(day.plusWeeks(2))).containsExactly("10h00 - 10h15");
        assertThat(hoursOn(day.plusWeeks(2).plusDays(1))).isEmpty();
    }

    @Test
    void of_two_people_in_one_agenda_the_second_sees_what_changed_and_loses_nothing() {
        weekly();
        PageReader assistant = signIn();
        HttpResponse<String> first = alice.open(address(weekOf(day), day));
        HttpResponse<String> second = assistant.open(first.uri().getPath());
        String[] common = {
            "lieu",
            place(),
            "date",
            day.toString(),
            "choix",
            "slot",
            "types",
            "AMB",
            "portee",
            "THIS_OCCURRENCE",
            "jours",
            weekday(day)
        };
        alice.submit(first.uri().getPath(), with(common, "version", version(first), "debut", "12:00", "fin", "12:15"));

        HttpResponse<String> told = assistant.submit(
                first.uri().getPath(), with(common, "version", version(second), "debut", "14:00", "fin", "14:30"));

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(text(told.body()))
                .contains("Cette disponibilité a été modifiée entre-temps")
                .containsPattern("Dernière modification le \\d\\d/\\d\\d/\\d{4} à \\d\\dh\\d\\d, par vous\\.")
                .contains(french(day) + ", 12h00 - 12h15")
                .contains("Rien n'a été perdu");
        assertThat(told.body())
                .contains("value=\"14:00\"", "value=\"14:30\"")
                .contains("id=\"faults\" tabindex=\"-1\"");
        assertThat(hoursOn(day)).containsExactly("12h00 - 12h15");
        assistant.submit(
                first.uri().getPath(), with(common, "version", version(told), "debut", "14:00", "fin", "14:30"));
        assertThat(hoursOn(day)).containsExactly("14h00 - 14h30");
    }

    @Test
    void what_was_deleted_meanwhile_can_be_saved_as_something_new() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        HttpResponse<String> form = alice.open(address(weekOf(day), day));
        deleteAt(form.uri().getPath(), "THIS_OCCURRENCE");

        alice.open(agenda + "/disponibilites/nouvelle");
        HttpResponse<String> told = alice.submit(
                form.uri().getPath(),
                "version",
                version(form),
                "lieu",
                place(),
                "date",
                day.toString(),
                "debut",
                "16:00",
                "fin",
                "16:15",
                "choix",
                "slot",
                "types",
                "AMB");

        assertThat(text(told.body())).contains("a été supprimée entre-temps");
        assertThat(told.body()).contains("value=\"16:00\"", "action=\"" + agenda + "/disponibilites/nouvelle\"");
    }

    /** @param typed for which the change was meant; @param deleted what a colleague deleted */
    @ParameterizedTest
    @CsvSource({
        "THIS_OCCURRENCE, THIS_OCCURRENCE, false",
        "ALL_WEEKS, THIS_OCCURRENCE, false",
        "THIS_OCCURRENCE, ALL_WEEKS, false",
        "ALL_WEEKS, ALL_WEEKS, true"
    })
    void what_is_saved_anew_makes_no_second_series_beside_the_one_that_goes_on(
            String typed, String deleted, boolean weeklyAgain) {
        weekly();
        HttpResponse<String> form = alice.open(address(weekOf(day), day));
        String[] hours = {
            "lieu", place(), "date", day.toString(), "debut", "16:00", "fin", "16:15", "choix", "slot", "types", "AMB"
        };
        String[] sent = with(hours, "version", version(form), "jours", weekday(day), "portee", typed);
        deleteAt(form.uri().getPath(), deleted);

        HttpResponse<String> told = alice.submit(form.uri().getPath(), sent);

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(text(told.body())).contains("a été supprimée entre-temps");
        String[] ticked = Pattern.compile("name=\"jours\" value=\"([a-z]+)\" checked")
                .matcher(told.body())
                .results()
                .flatMap(box -> Stream.of("jours", box.group(1)))
                .toArray(String[]::new);
        alice.submit(agenda + "/disponibilites/nouvelle", with(hours, ticked));
        assertThat(hoursOn(day)).containsExactly("16h00 - 16h15");
        assertThat(hoursOn(day.plusWeeks(1)))
                .containsExactly(
                        weeklyAgain
                                ? new String[] {"16h00 - 16h15"}
                                : deleted.equals("ALL_WEEKS") ? new String[0] : new String[] {"08h00 - 08h15"});
    }

    @Test
    void what_a_colleague_has_just_deleted_is_told_over_the_week_as_it_is_now() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        create("date", day.toString(), "debut", "09:00", "fin", "09:15", "choix", "slot", "types", "AMB");
        String occurrence = address(weekOf(day), day, "08h00");
        HttpResponse<String> asked = alice.open(occurrence + "/suppression");
        HubClient.at(port)
                .as("test-portal")
                .delete("/api/v1/practitioners/" + rpps + "/agenda/entries/"
                        + first("disponibilites/([0-9a-f-]{36})/", occurrence));

        for (HttpResponse<String> answer : List.of(
                alice.submit(asked.uri().getPath(), "version", version(asked), "portee", "THIS_OCCURRENCE"),
                alice.open(occurrence),
                alice.open(occurrence + "/suppression"))) {
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.uri().getPath()).isEqualTo(agenda);
            assertThat(text(answer.body()))
                    .contains("Cette disponibilité n'est plus dans l'agenda", "09h00 - 09h15")
                    .doesNotContain("08h00 - 08h15");
        }
    }
}
