package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** « Qui a modifié quoi » about availability: which one, on which day, at what hours, once or every week, and what was done. */
class HistoryWordsTest extends AgendaForms {

    private static final Pattern FROM_WHEN = Pattern.compile("À compter du : (\\d\\d/\\d\\d/\\d{4}) (?!→)");

    @Autowired
    JdbcTemplate jdbc;

    @Test
    void a_deletion_says_what_was_deleted_and_taking_it_back_is_no_addition() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        HttpResponse<String> week = deleteAt(address(weekOf(day), day), "THIS_OCCURRENCE");
        undo(week);

        assertThat(lines())
                .containsExactly(
                        "Disponibilité du " + spoken(day) + ", 08h00 - 08h15 : suppression annulée",
                        "Disponibilité du " + spoken(day) + ", 08h00 - 08h15 : supprimée",
                        "Disponibilité du " + spoken(day) + ", 08h00 - 08h15 : ajoutée");
    }

    @Test
    void each_line_says_whether_one_occurrence_or_all_weeks_are_meant() {
        weekly();
        LocalDate second = day.plusWeeks(1);
        change(second, "09:00", "09:15", "THIS_OCCURRENCE");
        undo(delete(second, "THIS_OCCURRENCE"));
        undo(delete(day.plusWeeks(2), "ALL_WEEKS"));
        change(day, "10:00", "10:15", "ALL_WEEKS");

        String one = "Disponibilité du " + spoken(second) + ", %s, cette occurrence uniquement : ";
        String third = "Disponibilité du " + spoken(day.plusWeeks(2)) + ", 08h00 - 08h15, toutes les semaines : ";
        assertThat(lines())
                .containsExactly(
                        "Disponibilité du " + spoken(day) + ", 08h00 - 08h15, toutes les semaines : modifiée",
                        third + "suppression annulée",
                        third + "supprimée",
                        one.formatted("09h00 - 09h15") + "suppression annulée",
                        one.formatted("09h00 - 09h15") + "supprimée",
                        one.formatted("08h00 - 08h15") + "modifiée",
                        "Disponibilité du " + spoken(day) + ", 08h00 - 08h15, toutes les semaines : ajoutée");
    }

    @Test
    void all_weeks_of_what_has_long_taken_place_are_told_from_the_first_that_changed() {
        LocalDate today = LocalDate.now(PARIS);
        LocalDate began = today.minusWeeks(8);
        written("agenda/entries/1", entry(began, "08:00"), entry(today, "10:00"));

        String history =
                text(alice.open("/espace/effecteurs/" + rpps + "/historique").body());

        assertThat(history)
                .contains("Disponibilité du " + spoken(today) + ", 08h00 - 12h00, toutes les semaines : modifiée")
                .contains("De : Avant : 08h00 → Après : 10h00")
                .doesNotContain(french(began));
    }

    @Test
    void every_line_about_all_weeks_says_from_when_on_and_no_other_does() {
        weekly();
        LocalDate second = day.plusWeeks(1);
        change(second, "09:00", "09:15", "ALL_WEEKS");
        undo(delete(second, "ALL_WEEKS"));
        delete(day, "ALL_WEEKS");
        createSlot();

        assertThat(startsOfWeeks())
                .as("a change of all weeks is one of those before the second, too")
                .containsExactly("", french(day), french(second), french(second), french(day), french(day));
    }

    @Test
    void an_address_of_the_calendar_is_created_replaced_or_revoked_and_not_saved_without_a_change() {
        String address = agenda + "/adresse";
        alice.open(address);
        alice.submit(address);
        HttpResponse<String> made = alice.open(address);
        assertThat(text(made.body()))
                .containsPattern("Une adresse est en service depuis le \\d+(er)? \\p{L}+ \\d{4} à \\d\\dh\\d\\d\\.");
        alice.submit(address, "depuis", first("name=\"depuis\" value=\"([^\"]+)\"", made.body()));
        alice.submit(address + "/revocation");

        assertThat(lines())
                .containsExactly(
                        "Adresse de calendrier : révoquée",
                        "Adresse de calendrier : remplacée par une autre",
                        "Adresse de calendrier : créée");
        assertThat(text(alice.open("/espace/effecteurs/" + rpps + "/historique").body()))
                .doesNotContain("sans changement");
    }

    @Test
    void a_line_about_a_delegate_says_which_one() {
        String list = "/espace/effecteurs/" + rpps + "/delegataires";
        String email = "camille." + rpps + "@exemple.fr";
        alice.open(list + "/demande");
        alice.submit(list + "/demande", "family", "MARTIN", "given", "Camille", "town", "Tours", "email", email);
        alice.submit(first("action=\"([^\"]+/revocation)\"", alice.open(list).body()), "version", "1");

        assertThat(text(alice.open("/espace/effecteurs/" + rpps + "/historique").body()))
                .contains("Délégataire : Camille MARTIN (" + email + ") État : Avant : demandée → Après : révoquée");
    }

    @Test
    void lines_that_an_older_hub_wrote_read_well() {
        String occurrence =
                "{\"weekly\": true, \"date\": \"%s\", \"start\": \"08:00\", \"end\": \"08:15\"}".formatted(day);
        written("agenda/entries/1/occurrences/" + day, null, occurrence);
        written("agenda/entries/1/from/" + day, "{\"modes\": [\"AMB\"]}", null);
        written("agenda/entries/1", null, "{}");

        assertThat(lines())
                .containsExactly(
                        "Disponibilité : ajoutée",
                        "Disponibilité du " + spoken(day) + ", toutes les semaines : supprimée",
                        "Disponibilité du " + spoken(day)
                                + ", 08h00 - 08h15, cette occurrence uniquement : suppression annulée");
    }

    /** As a hub wrote it that did not know of undone deletions. */
    private void written(String about, @Nullable String before, @Nullable String after) {
        jdbc.update(
                "INSERT INTO history_change (subject, at, kind, about, client, before, after)"
                        + " VALUES (?, now(), 'agenda', ?, 'portal', ?::json, ?::json)",
                "practitioner " + rpps,
                about,
                before,
                after);
    }

    private static String entry(LocalDate first, String start) {
        return "{\"date\": \"%s\", \"weekly\": {\"days\": [\"%s\"]}, \"start\": \"%s\", \"end\": \"12:00\"}"
                .formatted(first, weekday(first), start);
    }

    /** What each line says, without who did it; the newest first. */
    private List<String> lines() {
        String page = alice.open("/espace/effecteurs/" + rpps + "/historique").body();
        return Arrays.stream(page.substring(page.indexOf("class=\"changes\""), page.indexOf("</main>"))
                        .split("(?=<strong>)"))
                .skip(1)
                .map(line -> text(line.substring(0, line.indexOf("</strong>"))).strip())
                .toList();
    }

    /** What « À compter du » says in each line, empty if it is not there; the newest first. */
    private List<String> startsOfWeeks() {
        String page = alice.open("/espace/effecteurs/" + rpps + "/historique").body();
        return Arrays.stream(page.substring(page.indexOf("class=\"changes\""), page.indexOf("</main>"))
                        .split("(?=<strong>)"))
                .skip(1)
                .map(line -> FROM_WHEN.matcher(text(line)))
                .map(found -> found.find() ? found.group(1) : "")
                .toList();
    }

    private static String spoken(LocalDate date) {
        boolean thisYear = date.getYear() == LocalDate.now(PARIS).getYear();
        return DayWords.of(date, thisYear ? "EEEE d MMMM" : "EEEE d MMMM yyyy", Locale.FRENCH);
    }
}
