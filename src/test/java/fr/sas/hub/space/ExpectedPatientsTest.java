package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.HubClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whoever changes availability in which patients are expected knows of them, and is asked before they are left out (guide 003, 2.4: PM14, PM15). */
class ExpectedPatientsTest extends AgendaForms {

    @Test
    void what_moves_to_another_day_is_asked_about_and_takes_its_patients_along() {
        rangeForThree();
        booked(day, 2);
        HttpResponse<String> form = alice.open(address(weekOf(day), day));
        LocalDate next = day.plusDays(1);

        HttpResponse<String> asked = save(form, "date", next.toString(), "fin", "10:30");

        assertThat(text(form.body())).contains("2 patients y sont attendus.").doesNotContain("prévenez la régulation");
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(text(asked.body()))
                .contains("La modification n'est pas encore enregistrée : répondez à la question posée ci-dessous.")
                .contains("2 patients attendus ne pourront plus être reçus comme prévu : prévenez la régulation.");
        assertThat(asked.body()).as("nothing is lost").contains("value=\"" + next + "\"", "value=\"10:30\"");
        assertThat(hoursOn(day)).containsExactly("08h00 - 10h00");
        alice.open(form.uri().getPath());
        HttpResponse<String> week = save(form, "date", next.toString(), "attendus", answer(asked));
        assertThat(text(week.body())).contains("Votre modification est enregistrée");
        assertThat(text(onDay(week.body(), next))).contains("1 place sur 3");
        assertThat(text(alice.open(address(weekOf(next), next)).body())).contains("2 patients y sont attendus.");
    }

    @ParameterizedTest
    @CsvSource({
        "debut, 08:30, 2 patients attendus",
        "fin, 09:30, 2 patients attendus",
        "types, VR, 2 patients attendus",
        "patients, 1, 1 patient attendu"
    })
    void what_leaves_patients_out_is_asked_about(String field, String value, String patients) {
        rangeForThree();
        booked(day, 2);

        HttpResponse<String> asked = save(alice.open(address(weekOf(day), day)), field, value);

        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(text(asked.body())).contains(patients + " ne pourr", "prévenez la régulation");
        assertThat(text(onDay(weekOf(day).body(), day))).contains("08h00 - 10h00", "1 place sur 3");
    }

    @Test
    void another_place_is_asked_about() {
        knows(
                rpps,
                place("1750000801", "1 rue des Lilas", "75011", "PARIS") + ", "
                        + place("1750000802", "2 rue des Lilas", "75011", "PARIS"));
        rangeForThree();
        booked(day, 1);
        String other = portal.json("/api/v1/practitioners/" + rpps)
                .path("places")
                .path(1)
                .path("id")
                .asText();

        HttpResponse<String> asked = save(alice.open(address(weekOf(day), day)), "lieu", other);

        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(text(asked.body())).contains("1 patient attendu ne pourra plus être reçu comme prévu");
    }

    @ParameterizedTest
    @CsvSource({"debut, 07:30", "fin, 11:00", "patients, 2", "patients, 4", "types, 'AMB,VR'"})
    void what_keeps_patients_is_not_asked_about(String field, String value) {
        rangeForThree();
        booked(day, 2);

        HttpResponse<String> saved = save(alice.open(address(weekOf(day), day)), field, value);

        assertThat(text(saved.body())).contains("Votre modification est enregistrée");
    }

    @Test
    void an_answer_holds_for_no_more_patients_than_it_was_given_for() {
        rangeForThree();
        booked(day, 1);
        HttpResponse<String> form = alice.open(address(weekOf(day), day));
        String one = answer(save(form, "debut", "09:00"));
        booked(day, 1);

        HttpResponse<String> again = save(form, "debut", "09:00", "attendus", one);

        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(text(again.body())).contains("2 patients attendus ne pourront plus");
        assertThat(again.body()).doesNotContainPattern("name=\"attendus\"[^>]* checked");
        HttpResponse<String> wrong = save(form, "debut", "later", "attendus", answer(again));
        assertThat(wrong.body())
                .as("kept while something else is corrected")
                .containsPattern("name=\"attendus\" value=\"2\" checked");
        assertThat(text(save(form, "debut", "09:00", "attendus", "2").body())).contains("est enregistrée");
    }

    @Test
    void of_all_weeks_those_are_asked_about_in_which_patients_are_expected() {
        weekly();
        LocalDate second = day.plusWeeks(1);
        booked(second, 1);
        HttpResponse<String> form = alice.open(address(weekOf(day), day));
        String[] later = {"debut", "09:00", "fin", "09:15", "choix", "slot", "patients", "", "jours", weekday(day)};

        HttpResponse<String> asked = save(form, with(later, "portee", "ALL_WEEKS"));

        assertThat(text(form.body()))
                .contains("Pour toutes les semaines à venir, 1 patient est attendu.")
                .doesNotContain("y est attendu");
        assertThat(asked.statusCode()).isEqualTo(422);
        assertThat(asked.body()).containsPattern("value=\"ALL_WEEKS\" checked");
        HttpResponse<String> once = save(form, with(later, "portee", "THIS_OCCURRENCE"));
        assertThat(text(once.body())).as("nobody is expected then").contains("est enregistrée");
        form = alice.open(address(weekOf(day.plusWeeks(2)), day.plusWeeks(2)));
        String[] moved = {
            "date",
            day.plusWeeks(2).plusDays(1).toString(),
            "fin",
            "08:15",
            "choix",
            "slot",
            "patients",
            "",
            "jours",
            weekday(day),
            "portee",
            "ALL_WEEKS"
        };
        assertThat(save(form, moved).statusCode())
                .as("the weekday takes the second week along")
                .isEqualTo(422);
        save(form, with(moved, "attendus", "1"));
        assertThat(hoursOn(second)).isEmpty();
        assertThat(hoursOn(second.plusDays(1))).containsExactly("08h00 - 08h15");
    }

    @Test
    void people_who_read_english_are_asked_in_english() {
        rangeForThree();
        booked(day, 2);
        alice.open("/espace/compte?langue=en");
        HttpResponse<String> form = alice.open(address(weekOf(day), day));

        HttpResponse<String> asked = save(form, "patients", "1", "fin", "09:00");

        assertThat(text(form.body())).contains("2 patients are expected.");
        assertThat(text(asked.body()))
                .contains("Your change has not been saved yet: answer the question below.")
                .contains("2 expected patients can no longer be seen as planned: notify the regulators.")
                .contains("Yes, save this change; I will notify the regulators");
    }

    private void rangeForThree() {
        create(range());
    }

    private String[] range() {
        return new String[] {
            "date", day.toString(), "debut", "08:00", "fin", "10:00", "choix", "range", "patients", "3", "types", "AMB"
        };
    }

    /** @param changed fields, name and value in turn, that differ from those of a range for three */
    private HttpResponse<String> save(HttpResponse<String> form, String... changed) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of("version", version(form), "lieu", place()));
        String[] all = with(range(), changed);
        for (int i = 0; i < all.length; i += 2) {
            fields.put(all[i], all[i + 1]);
        }
        return alice.submit(
                form.uri().getPath(),
                fields.entrySet().stream()
                        .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                        .toArray(String[]::new));
    }

    private static String answer(HttpResponse<String> asked) {
        return first("name=\"attendus\" value=\"([^\"]+)\"", asked.body());
    }

    private void booked(LocalDate date, int patients) {
        Instant eight = date.atTime(8, 0).atZone(PARIS).toInstant();
        for (int i = 0; i < patients; i++) {
            assertThat(HubClient.at(port)
                            .as("test-platform")
                            .post(
                                    "/fhir/Appointment",
                                    AnAppointment.with(rpps, eight).toString())
                            .statusCode())
                    .isEqualTo(201);
        }
    }
}
