package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The agenda's pages and forms without JavaScript (guides 002, 003 and 004: PM3 to PM27, FM7 to FM13, HC9 to HC14). */
@PeopleHubTest
class AgendaFormsTest {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Pattern BLOCK = Pattern.compile("(?s)<li class=\"block.*?</li>");
    private static final Pattern TAGS = Pattern.compile("<[^>]*>");
    private static final AtomicInteger PEOPLE = new AtomicInteger(810_000_060);

    @LocalServerPort
    int port;

    private final LocalDate day = LocalDate.now(PARIS).plusDays(8);
    private String rpps;
    private String agenda;
    private HubClient portal;
    private PageReader alice;

    @BeforeEach
    void a_practitioner_with_one_place_is_signed_in() {
        rpps = "81" + "0" + PEOPLE.incrementAndGet();
        agenda = "/espace/effecteurs/" + rpps + "/agenda";
        portal = HubClient.at(port).as("test-portal");
        knows(rpps, place("1750000801", "1 rue des Lilas", "75011", "PARIS"));
        alice = signIn();
    }

    @Test
    void what_is_typed_stands_in_its_week_and_is_found_by_the_regulation() {
        HttpResponse<String> week = create(
                "date",
                day.toString(),
                "debut",
                "17:00",
                "fin",
                "19:00",
                "choix",
                "range",
                "patients",
                "3",
                "types",
                "AMB",
                "types",
                "VR");

        assertThat(week.uri().getPath()).isEqualTo(agenda);
        assertThat(text(week.body()))
                .contains("Vos créneaux sont désormais visibles des professionnels de santé du SAS")
                .contains(title(day));
        assertThat(blocks(week))
                .singleElement()
                .asString()
                .contains("17h00 - 19h00", "3 places sur 3", "Consultation en cabinet", "Téléconsultation");
        assertThat(found(day)).containsExactly("17:00");
    }

    @Test
    void a_week_is_read_by_day_and_turned_by_its_address() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");

        HttpResponse<String> week = alice.open(agenda + "?semaine=" + IsoWeek.of(day));

        assertThat(text(week.body()))
                .contains(
                        "Ajouter ou modifier vos disponibilités",
                        "Alice DURAND",
                        "Jours suivants",
                        "08h00 - 08h15",
                        "1 patient")
                .contains(day.getDayOfWeek()
                                .getDisplayName(TextStyle.FULL, Locale.FRENCH)
                                .substring(1) + " " + day.getDayOfMonth());
        assertThat(alice.open(agenda + "?semaine=" + IsoWeek.of(day).plus(1)).body())
                .doesNotContain("08h00 - 08h15");
        assertThat(alice.open(agenda + "?semaine=2026-W99").statusCode()).isEqualTo(404);
    }

    @Test
    void every_fault_stands_beside_its_field_and_nothing_that_was_typed_is_lost() {
        HttpResponse<String> refused =
                create("date", "", "debut", "9h", "fin", "10:00", "choix", "range", "patients", "beaucoup");

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(refused.body()))
                .contains("Indiquez la date de votre disponibilité.")
                .contains("Indiquez l'heure de début.")
                .contains("Indiquez un nombre de patients de 1 à")
                .contains("Choisissez au moins un type de consultation")
                .doesNotContain("2026-06-12");
        assertThat(refused.body()).contains("value=\"9h\"", "value=\"beaucoup\"", "value=\"10:00\"");
    }

    @Test
    void an_end_before_the_start_is_asked_about_and_never_guessed() {
        String[] night = {
            "date", day.toString(), "debut", "22:00", "fin", "02:00", "choix", "range", "patients", "5", "types", "HH"
        };

        HttpResponse<String> asked = create(night);
        assertThat(text(asked.body())).contains("Cette disponibilité se termine le lendemain ?");
        assertThat(found(day)).isEmpty();
        HttpResponse<String> week =
                alice.submit(agenda + "/disponibilites/nouvelle", with(night, "lieu", place(), "lendemain", "true"));

        assertThat(text(week.body())).contains("22h00 - 02h00", "se termine le lendemain");
        assertThat(text(alice.open(agenda + "?semaine=" + IsoWeek.of(day.plusDays(1)))
                        .body()))
                .contains("commencé la veille");
    }

    @Test
    void one_patient_for_more_than_an_hour_is_advised_about() {
        HttpResponse<String> week =
                create("date", day.toString(), "debut", "08:00", "fin", "12:00", "choix", "slot", "types", "AMB");

        assertThat(text(week.body())).contains("Ce créneau dure plus d'une heure pour un seul patient");
        assertThat(text(create(
                                "date",
                                day.toString(),
                                "debut",
                                "13:00",
                                "fin",
                                "14:00",
                                "choix",
                                "slot",
                                "types",
                                "AMB")
                        .body()))
                .doesNotContain("Ce créneau dure plus d'une heure");
    }

    @Test
    void the_weekday_of_the_date_is_ticked_by_itself() {
        String other = day.plusDays(1).getDayOfWeek().name().toLowerCase(Locale.ROOT);
        create(
                "date",
                day.toString(),
                "debut",
                "08:00",
                "fin",
                "08:15",
                "choix",
                "slot",
                "types",
                "AMB",
                "jours",
                other);

        HttpResponse<String> next = alice.open(agenda + "?semaine=" + IsoWeek.of(day.plusWeeks(1)));

        assertThat(blocks(next)).hasSizeGreaterThanOrEqualTo(2).allMatch(block -> block.contains("chaque semaine"));
        assertThat(address(next, day.plusWeeks(1))).isNotNull();
    }

    @Test
    void a_change_is_meant_for_one_occurrence_or_for_all_weeks() {
        weekly();
        LocalDate second = day.plusWeeks(1);
        change(second, "09:00", "09:15", "THIS_OCCURRENCE");

        assertThat(hoursOn(day)).containsExactly("08h00 - 08h15");
        assertThat(hoursOn(second)).containsExactly("09h00 - 09h15");
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
                day.getDayOfWeek().name().toLowerCase(Locale.ROOT));

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
        assertThat(text(undo(deleted).body())).contains("Cette suppression ne peut plus être annulée.");
    }

    @Test
    void of_two_people_in_one_agenda_the_second_sees_what_changed_and_loses_nothing() {
        weekly();
        PageReader assistant = signIn();
        HttpResponse<String> first = alice.open(address(weekOf(day), day));
        HttpResponse<String> second = assistant.open(first.uri().getPath());
        String[] common = {
            "lieu", place(), "date", day.toString(), "choix", "slot", "types", "AMB", "portee", "THIS_OCCURRENCE"
        };
        alice.submit(first.uri().getPath(), with(common, "version", version(first), "debut", "12:00", "fin", "12:15"));

        HttpResponse<String> told = assistant.submit(
                first.uri().getPath(), with(common, "version", version(second), "debut", "14:00", "fin", "14:30"));

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(text(told.body()))
                .contains("Cette disponibilité a été modifiée entre-temps")
                .contains(french(day) + ", 12h00 - 12h15")
                .contains("Rien n'a été perdu");
        assertThat(told.body()).contains("value=\"14:00\"", "value=\"14:30\"");
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

    @Test
    void hours_are_those_of_the_place_and_one_place_can_be_looked_at_alone() {
        knows(
                rpps,
                place("1750000801", "1 rue des Lilas", "75011", "PARIS") + ", "
                        + place("1970000801", "2 rue du Volcan", "97442", "SAINT-PHILIPPE"));
        String island = placeNear("VOLCAN");
        create(
                "lieu",
                island,
                "date",
                day.toString(),
                "debut",
                "08:00",
                "fin",
                "08:15",
                "choix",
                "slot",
                "types",
                "AMB");

        assertThat(blocks(weekOf(day))).singleElement().asString().contains("08h00 - 08h15", "2 rue du Volcan");
        assertThat(starts(day)).containsExactly(day + "T08:00:00.000+04:00");
        assertThat(blocks(alice.open(agenda + "?semaine=" + IsoWeek.of(day) + "&lieu=" + placeNear("LILAS"))))
                .isEmpty();
        assertThat(text(weekOf(day).body())).contains("Tous vos lieux", "Indian/Reunion");
    }

    @Test
    void an_unavailability_hides_what_is_typed_until_its_end_and_the_week_says_so() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        HttpResponse<String> form = alice.open(awayPage());
        assertThat(text(form.body()))
                .contains("PÉRIODE D'INDISPONIBILITÉ", "Vous êtes indisponible")
                .contains("Dès maintenant pour une durée indéterminée")
                .contains("vous n'apparaîtrez plus dans les résultats de recherche");

        HttpResponse<String> week =
                alice.submit(awayPage(), "version", version(form), "du", day.toString(), "au", day.toString());

        assertThat(text(week.body())).contains("Votre indisponibilité est enregistrée.");
        assertThat(blocks(weekOf(day)))
                .anyMatch(block -> block.contains("Indisponible toute la journée"))
                .anyMatch(
                        block -> block.contains("08h00 - 08h15") && block.contains("masqué : vous êtes indisponible"));
        assertThat(found(day)).isEmpty();
        form = alice.open(awayPage());
        assertThat(form.body()).contains("value=\"" + day + "\"");
        alice.submit(awayPage(), "version", version(form), "du", "", "au", "");
        assertThat(found(day)).containsExactly("08:00");
    }

    @Test
    void up_to_three_periods_are_typed_one_more_at_a_time() {
        HttpResponse<String> form = alice.open(awayPage());
        String[] two = {
            "version",
            version(form),
            "du",
            day.toString(),
            "au",
            day.toString(),
            "du",
            day.plusDays(9).toString(),
            "au",
            ""
        };

        HttpResponse<String> more = alice.submit(awayPage(), with(two, "ajouter", "1"));
        assertThat(Pattern.compile("name=\"du\"").matcher(more.body()).results())
                .hasSize(3);
        assertThat(text(more.body())).doesNotContain("+ Ajouter une autre période");
        HttpResponse<String> fewer = alice.submit(awayPage(), with(two, "supprimer", "0"));
        assertThat(fewer.body()).contains("value=\"" + day.plusDays(9) + "\"").doesNotContain("value=\"" + day + "\"");
        HttpResponse<String> refused = alice.submit(awayPage(), two);

        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(text(refused.body())).contains("Indiquez le dernier jour de cette période.");
        assertThat(refused.body()).contains("aria-describedby=\"au1-fault\"");
    }

    @Test
    void of_two_people_who_say_when_nobody_is_there_the_second_is_told() {
        HttpResponse<String> form = alice.open(awayPage());
        String[] read = {"version", version(form)};
        alice.submit(awayPage(), with(read, "maintenant", "true"));

        alice.open(awayPage());
        HttpResponse<String> told = alice.submit(awayPage(), with(read, "du", day.toString(), "au", day.toString()));

        assertThat(told.statusCode()).isEqualTo(409);
        assertThat(text(told.body())).contains("a été modifiée entre-temps", "Rien n'a été perdu");
        assertThat(told.body()).contains("value=\"" + day + "\"");
    }

    @ParameterizedTest
    @EnumSource(names = {"MARCH", "OCTOBER"})
    void in_the_week_of_a_clock_change_hours_are_shown_and_changed_as_they_were_typed(Month month) {
        LocalDate sunday = nextLastSunday(month);
        create("date", sunday.toString(), "debut", "01:30", "fin", "03:30", "choix", "slot", "types", "AMB");
        create("date", sunday.toString(), "debut", "22:00", "fin", "23:59", "choix", "slot", "types", "AMB");
        create(
                "date",
                sunday.minusDays(1).toString(),
                "debut",
                "23:00",
                "fin",
                "04:00",
                "choix",
                "slot",
                "types",
                "HH",
                "lendemain",
                "true");

        HttpResponse<String> week = weekOf(sunday);

        assertThat(text(week.body())).contains(title(sunday));
        assertThat(hoursOn(sunday)).containsExactly("23h00 - 04h00", "01h30 - 03h30", "22h00 - 23h59");
        assertThat(alice.open(address(week, sunday, "01h30")).body())
                .contains("value=\"" + sunday + "\"", "value=\"01:30\"", "value=\"03:30\"");
    }

    private static LocalDate nextLastSunday(Month month) {
        LocalDate today = LocalDate.now(PARIS);
        LocalDate thisYear = today.withDayOfMonth(1).with(month).with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY));
        return thisYear.isAfter(today.plusDays(2))
                ? thisYear
                : today.withDayOfMonth(1)
                        .plusYears(1)
                        .with(month)
                        .with(TemporalAdjusters.lastInMonth(DayOfWeek.SUNDAY));
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
                    .contains("Cette disponibilité n'est plus dans votre agenda", "09h00 - 09h15")
                    .doesNotContain("08h00 - 08h15");
        }
    }

    @Test
    void while_all_places_are_shown_unavailability_and_information_are_reached_for_each() {
        knows(
                rpps,
                place("1750000801", "1 rue des Lilas", "75011", "PARIS") + ", "
                        + place("1750000802", "2 rue des Roses", "75012", "PARIS"));

        String week = alice.open(agenda).body();

        for (String street : List.of("LILAS", "ROSES")) {
            String of = "/espace/effecteurs/" + rpps + "/lieux/" + placeNear(street);
            assertThat(week).contains(of + "/indisponibilites?", of + "/informations?");
        }
        assertThat(text(week)).contains("Programmer une indisponibilité", "Informations complémentaires");
    }

    @Test
    void additional_information_is_a_thousand_characters_that_the_regulation_reads() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        String page = "/espace/effecteurs/" + rpps + "/lieux/" + place() + "/informations";
        HttpResponse<String> form = alice.open(page);
        assertThat(form.body())
                .contains("Ajout d&#39;informations complémentaires à destination de la régulation médicale");

        HttpResponse<String> refused = alice.submit(page, "version", version(form), "texte", "a".repeat(1001));
        assertThat(text(refused.body())).contains("Le texte a 1001 caractères").contains("a".repeat(1001));
        HttpResponse<String> week =
                alice.submit(page, "version", version(form), "texte", "Merci de me contacter pour prendre RDV.");

        assertThat(text(week.body())).contains("Vos informations complémentaires sont enregistrées.");
        assertThat(HubClient.at(port)
                        .get(HubClient.slotsOf(day.atStartOfDay(PARIS).toInstant(), rpps))
                        .body())
                .contains("Merci de me contacter pour prendre RDV.");
    }

    @Test
    void a_calendar_reads_the_agenda_at_an_address_that_is_shown_once_and_can_be_revoked() {
        create("date", day.toString(), "debut", "08:00", "fin", "08:15", "choix", "slot", "types", "AMB");
        assertThat(text(alice.open(agenda + "/adresse").body())).contains("Aucune adresse n'est en service.");

        HttpResponse<String> made = alice.submit(agenda + "/adresse");
        String address = first("(/calendar/[^<\"]+\\.ics)", made.body());

        assertThat(made.body()).contains("href=\"webcal://localhost:" + port + address);
        assertThat(alice.open(address).body()).contains("BEGIN:VEVENT");
        assertThat(alice.open(agenda + "/adresse").body())
                .contains("Une adresse est en service depuis le")
                .doesNotContain(address);
        assertThat(text(alice.submit(agenda + "/adresse/revocation").body())).contains("L'adresse est révoquée");
        assertThat(alice.open(address).statusCode()).isEqualTo(404);
    }

    @Test
    void a_manager_types_for_their_centre_and_reads_the_notice_on_avenant_4() {
        String centre = "17500008" + String.format("%02d", PEOPLE.incrementAndGet() % 100);
        portal.put("/api/v1/facilities/" + centre, """
                {"name": "CENTRE DE SANTÉ", "kind": "cds", "line": "9 rue des Lilas", "postalCode": "75011", "city": "PARIS"}""");
        String email = "gestion." + centre + "@exemple.fr";
        portal.post(
                "/api/v1/facilities/" + centre + "/managers",
                "{\"email\": \"" + email + "\", \"family\": \"MARTIN\", \"given\": \"Carole\"}");
        alice = SignInProvider.signIn(port, email, SignInProvider.address(email, "Carole", "MARTIN"));
        agenda = "/espace/structures/" + centre + "/agenda";

        HttpResponse<String> form = alice.open(agenda + "/disponibilites/nouvelle");
        assertThat(text(form.body()))
                .contains("Je peux recevoir un patient sur ce créneau de disponibilité.")
                .contains("Je peux recevoir X patients sur cette plage horaire");
        HttpResponse<String> week = alice.submit(
                form.uri().getPath(),
                "lieu",
                centre,
                "date",
                day.toString(),
                "debut",
                "17:00",
                "fin",
                "19:00",
                "choix",
                "range",
                "patients",
                "4",
                "types",
                "AMB");

        assertThat(blocks(week)).singleElement().asString().contains("17h00 - 19h00", "4 places sur 4");
        assertThat(text(week.body())).contains("la rémunération SAS prévue par l'avenant n°4");
    }

    @Test
    void nobody_opens_the_agenda_of_somebody_else() {
        knows("810000069999", place("1750000801", "1 rue des Lilas", "75011", "PARIS"));

        assertThat(alice.open("/espace/effecteurs/810000069999/agenda").statusCode())
                .isEqualTo(404);
        assertThat(alice.open("/espace/effecteurs/810000069999/agenda/disponibilites/nouvelle")
                        .statusCode())
                .isEqualTo(404);
    }

    private void weekly() {
        create(
                "date",
                day.toString(),
                "debut",
                "08:00",
                "fin",
                "08:15",
                "choix",
                "slot",
                "types",
                "AMB",
                "jours",
                day.getDayOfWeek().name().toLowerCase(Locale.ROOT));
    }

    private String awayPage() {
        return "/espace/effecteurs/" + rpps + "/lieux/" + place() + "/indisponibilites";
    }

    private HttpResponse<String> create(String... fields) {
        alice.open(agenda + "/disponibilites/nouvelle");
        return alice.submit(
                agenda + "/disponibilites/nouvelle",
                List.of(fields).contains("lieu") ? fields : with(fields, "lieu", place()));
    }

    private HttpResponse<String> change(LocalDate date, String start, String end, String scope) {
        HttpResponse<String> form = alice.open(address(weekOf(date), date));
        return alice.submit(
                form.uri().getPath(),
                "version",
                version(form),
                "lieu",
                place(),
                "date",
                date.toString(),
                "debut",
                start,
                "fin",
                end,
                "choix",
                "slot",
                "types",
                "AMB",
                "portee",
                scope,
                "jours",
                day.getDayOfWeek().name().toLowerCase(Locale.ROOT));
    }

    private HttpResponse<String> delete(LocalDate date, String scope) {
        return deleteAt(address(weekOf(date), date), scope);
    }

    private HttpResponse<String> deleteAt(String occurrence, String scope) {
        HttpResponse<String> form = alice.open(occurrence + "/suppression");
        return alice.submit(form.uri().getPath(), "version", version(form), "portee", scope);
    }

    private HttpResponse<String> undo(HttpResponse<String> deleted) {
        return alice.submit(first("action=\"([^\"]+/annulation)\"", deleted.body()));
    }

    private HttpResponse<String> weekOf(LocalDate date) {
        return alice.open(agenda + "?semaine=" + IsoWeek.of(date));
    }

    /** Of what is shown on this day. */
    private String address(HttpResponse<String> week, LocalDate date) {
        return address(week, date, "");
    }

    private String address(HttpResponse<String> week, LocalDate date, String hour) {
        String shown = onDay(week.body(), date);
        int from = hour.isEmpty() ? 0 : shown.lastIndexOf("<li class=\"block", shown.indexOf(hour));
        return first("href=\"(/espace/[^\"]+/disponibilites/[0-9a-f]{8}-[^\"/]+/[0-9-]+)\"", shown.substring(from));
    }

    private List<String> hoursOn(LocalDate date) {
        Matcher hours = Pattern.compile("<strong>(\\d\\dh\\d\\d - \\d\\dh\\d\\d)</strong>")
                .matcher(onDay(weekOf(date).body(), date));
        return hours.results().map(found -> found.group(1)).toList();
    }

    private static String onDay(String week, LocalDate date) {
        int from = week.indexOf("data-date=\"" + date + "\"");
        return week.substring(from, week.indexOf("</section>", from));
    }

    private static String version(HttpResponse<String> form) {
        return first("name=\"version\" value=\"([^\"]+)\"", form.body());
    }

    private static String first(String pattern, String body) {
        Matcher found = Pattern.compile(pattern).matcher(body);
        assertThat(found.find()).as(pattern + " in " + text(body)).isTrue();
        return found.group(1);
    }

    private static List<String> blocks(HttpResponse<String> week) {
        return BLOCK.matcher(week.body())
                .results()
                .map(MatchResult::group)
                .map(AgendaFormsTest::text)
                .toList();
    }

    /** As somebody reads it. */
    private static String text(String html) {
        return TAGS.matcher(html)
                .replaceAll(" ")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&amp;", "&")
                .replaceAll("\\s+", " ");
    }

    private static String french(LocalDate date) {
        return date.format(DateTimeFormatter.ofPattern("dd/MM/yyyy"));
    }

    private static String title(LocalDate date) {
        LocalDate monday = IsoWeek.of(date).monday();
        return DayWords.of(monday, "d MMMM yyyy", Locale.FRENCH) + " - "
                + DayWords.of(monday.plusDays(6), "d MMMM yyyy", Locale.FRENCH);
    }

    private static String[] with(String[] fields, String... more) {
        String[] all = java.util.Arrays.copyOf(fields, fields.length + more.length);
        System.arraycopy(more, 0, all, fields.length, more.length);
        return all;
    }

    /** Starts of what the platform's search finds on that day and the two after it, on the clock of Paris. */
    private List<String> found(LocalDate date) {
        return starts(date).stream()
                .map(start -> Instant.from(DateTimeFormatter.ISO_OFFSET_DATE_TIME.parse(start))
                        .atZone(PARIS)
                        .toLocalTime()
                        .toString())
                .toList();
    }

    private List<String> starts(LocalDate date) {
        JsonNode answer = HubClient.at(port)
                .json(HubClient.slotsOf(
                        date.atStartOfDay(PARIS).toInstant(),
                        date.plusDays(1).atStartOfDay(PARIS).toInstant(),
                        rpps));
        return StreamSupport.stream(answer.path("entry").spliterator(), false)
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asText().equals("Slot"))
                .map(slot -> slot.path("start").asText())
                .toList();
    }

    private PageReader signIn() {
        return SignInProvider.signIn(port, rpps, SignInProvider.practitioner(rpps, "Alice", "DURAND"));
    }

    private void knows(String practitioner, String places) {
        HttpResponse<String> known = portal.put(
                "/api/v1/practitioners/" + practitioner,
                "{\"family\": \"DURAND\", \"given\": [\"Alice\"], \"profession\": \"10\", \"places\": [" + places
                        + "]}");
        assertThat(known.statusCode()).as(known.body()).isIn(200, 201);
    }

    private static String place(String structure, String line, String postalCode, String city) {
        return "{\"structures\": [\"%s\"], \"line\": \"%s\", \"postalCode\": \"%s\", \"city\": \"%s\"}"
                .formatted(structure, line, postalCode, city);
    }

    private String place() {
        return portal.json("/api/v1/practitioners/" + rpps)
                .path("places")
                .path(0)
                .path("id")
                .asText();
    }

    private String placeNear(String street) {
        return StreamSupport.stream(
                        portal.json("/api/v1/practitioners/" + rpps)
                                .path("places")
                                .spliterator(),
                        false)
                .filter(place ->
                        place.path("line").asText().toUpperCase(Locale.ROOT).contains(street))
                .map(place -> place.path("id").asText())
                .findFirst()
                .orElseThrow();
    }
}
