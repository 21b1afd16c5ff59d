package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A range that an absence cuts: every page tells what is left of it, and what is not; and the hours of the weeks to come. */
class PartlyHiddenTest extends AgendaForms {

    private final LocalDate tomorrow = LocalDate.now(PARIS).plusDays(1);

    @Test
    void the_dashboard_shows_what_is_left_of_a_range_and_says_that_a_part_is_hidden() {
        overnight(tomorrow, "22:00-01:00");
        absentOn(tomorrow.plusDays(1));

        assertThat(text(alice.open("/espace/effecteurs/" + rpps).body()))
                .contains("1 créneau saisi visible, dont 1 en partie")
                .contains("22h00 - 00h00 (masqué en partie : saisi 22h00 - 01h00)");
        assertThat(blocks(weekOf(tomorrow)))
                .filteredOn(block -> block.contains("22h00 - 01h00"))
                .isNotEmpty()
                .allMatch(block -> block.contains("masqué en partie : visible 22h00 - 00h00 seulement"));
        assertThat(text(alice.open("/espace/effecteurs/" + rpps + "/regulation").body()))
                .doesNotContain(
                        "Rien de ce qui est connu de vos disponibilités des trois prochains jours n'est masqué.")
                .contains("Masqué en partie : une indisponibilité est déclarée à cette adresse");
    }

    @Test
    void what_is_left_of_a_range_on_the_next_day_is_said_to_be_on_the_next_day() {
        overnight(tomorrow, "22:00-01:00");
        absentOn(tomorrow);

        assertThat(text(alice.open("/espace/effecteurs/" + rpps).body()))
                .contains("le lendemain 00h00 - 01h00 (masqué en partie : saisi 22h00 - 01h00)");
    }

    @Test
    void what_is_partly_hidden_when_it_is_saved_is_not_said_to_be_hidden() {
        absentOn(tomorrow.plusDays(1));

        assertThat(text(overnight(tomorrow, "22:00-01:00").body()))
                .contains("Les créneaux sont enregistrés, mais masqués en partie à la régulation");
    }

    @Test
    void the_two_hours_of_next_week_count_only_what_is_visible() {
        LocalDate wednesday =
                IsoWeek.of(LocalDate.now(PARIS)).monday().plusWeeks(1).plusDays(2);
        overnight(wednesday, "23:00-01:00");
        assertThat(text(alice.open("/espace/effecteurs/" + rpps).body()))
                .containsPattern("Cette semaine\\h: 0 h sur 2 h")
                .containsPattern("Semaine prochaine\\h: 2 h sur 2 h durée atteinte")
                .containsOnlyOnce("durée atteinte");

        absentOn(wednesday.plusDays(1));

        HttpResponse<String> dashboard = alice.open("/espace/effecteurs/" + rpps);
        assertThat(text(dashboard.body())).containsPattern("Semaine prochaine\\h: 1 h sur 2 h");
        assertThat(dashboard.body()).containsPattern("<meter [^>]*value=\"50\"[^>]*aria-label=\"Semaine prochaine");
    }

    @Test
    void the_agenda_tells_the_hours_of_the_week_that_it_shows() {
        LocalDate monday = IsoWeek.of(LocalDate.now(PARIS)).monday();
        LocalDate later = monday.plusWeeks(3);
        create("date", later.toString(), "debut", "08:00", "fin", "08:30", "choix", "slot", "types", "AMB");

        assertThat(text(weekOf(monday).body())).containsPattern("Cette semaine\\h: 0 h sur 2 h");
        assertThat(text(weekOf(monday.plusWeeks(1)).body())).containsPattern("Semaine prochaine\\h: 0 h sur 2 h");
        assertThat(text(weekOf(later).body()))
                .containsPattern("Semaine du " + DayWords.of(later, "d MMMM", Locale.FRENCH) + "\\h: 30 min sur 2 h");
    }

    /** For four patients. @param hours such as {@code 22:00-01:00} */
    private HttpResponse<String> overnight(LocalDate date, String hours) {
        return create(
                "date",
                date.toString(),
                "debut",
                hours.substring(0, 5),
                "fin",
                hours.substring(6),
                "lendemain",
                hours,
                "choix",
                "range",
                "patients",
                "4",
                "types",
                "AMB");
    }

    private void absentOn(LocalDate date) {
        assertThat(portal.put(
                                "/api/v1/practitioners/" + rpps + "/agenda/places/" + place() + "/unavailability",
                                "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(date, date))
                        .statusCode())
                .isEqualTo(200);
    }
}
