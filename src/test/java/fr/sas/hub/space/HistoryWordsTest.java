package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** « Qui a modifié quoi » about availability: which one, on which day, at what hours, once or every week, and what was done. */
class HistoryWordsTest extends AgendaForms {

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

    private static String spoken(LocalDate date) {
        boolean thisYear = date.getYear() == LocalDate.now(PARIS).getYear();
        return DayWords.of(date, thisYear ? "EEEE d MMMM" : "EEEE d MMMM yyyy", Locale.FRENCH);
    }
}
