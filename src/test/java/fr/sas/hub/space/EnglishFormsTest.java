package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers of the personal space in English are told what is wrong with a form in sentences, and never in names of the API. */
class EnglishFormsTest extends PeopleHub {

    private static final Pattern FAULT = Pattern.compile("(?s)<(p|div) class=\"(?:fault|alert)\"[^>]*>(.*?)</\\1>");

    /** A name of JSON, a code of the settings or of an availability, an id, or an address of the API. */
    private static final Pattern OF_DEVELOPERS =
            Pattern.compile("\\b[a-z]+[A-Z]\\w*|\\b(?:cpts|msp|sos|cds|ops|AMB|VR|HH)\\b"
                    + "|practice[,:]|monday|[0-9a-f]{8}-|/api/|^This field ");

    private final LocalDate day = LocalDate.now(Walker.PARIS).plusDays(8);
    private People people;
    private String space;

    @BeforeEach
    void people_whom_the_directory_knows() {
        people = new People(port);
        space = "/espace/effecteurs/" + people.alice;
    }

    @Test
    void settings_of_a_practitioner() {
        String other = people.centre.replaceFirst("^1751", "1754");
        people.platform().put("/api/v1/facilities/" + other, "{\"name\": \"MSP\", \"kind\": \"msp\"}");
        PageReader alice = alice();
        String settings = space + "/parametres";

        refused(alice, settings);
        refused(alice, settings, "participates", "true");
        refused(alice, settings, "participates", "true", "through", "cds", "software", "oui");
        refused(alice, settings, "participates", "true", "through", "cpts", "software", "oui", "vendors", "nobody");
        refused(alice, settings, "participates", "true", "through", "cpts", "structure", other, "software", "non");
        refused(
                alice,
                settings,
                "participates",
                "true",
                "through",
                "cpts",
                "structure",
                "1759999999",
                "places",
                "nowhere",
                "software",
                "oui",
                "vendors",
                "Not one !");
    }

    @Test
    void settings_of_a_centre() {
        people.named(people.email("noa"));
        PageReader noa = english(signIn(people.email("noa"), "Noa", "PETIT"));
        String settings = "/espace/structures/" + people.centre + "/parametres";

        refused(noa, settings, "overbooking", "true", "twoHours", "true");
        refused(noa, settings, "number", "many");
    }

    @Test
    void an_availability() {
        PageReader alice = alice();
        String form = space + "/agenda/disponibilites/nouvelle";

        refused(alice, form);
        refused(alice, form, slot("2020-01-01", "08:00", "08:00", "jours", "someday"));
        refused(alice, form, slot(day.plusYears(3).toString(), "10:00", "08:00", "choix", "slot"));
        refused(alice, form, slot("0020-01-01", "08:00", "09:00", "choix", "range", "patients", "none"));
        refused(alice, form, slot(day.toString(), "08:00", "09:00", "choix", "slot", "patients", "3"));
        refused(alice, form, slot(day.toString(), "08:00", "18:00", "choix", "slot", "types", "AMB"));
        refused(alice, form, slot(day.toString(), "08:00", "09:00", "choix", "row", "lieu", "nowhere"));
    }

    @Test
    void a_weekly_availability() {
        PageReader alice = alice();
        String first = day.getDayOfWeek().name().toLowerCase(Locale.ROOT);
        String next = day.plusDays(1).getDayOfWeek().name().toLowerCase(Locale.ROOT);
        people.practitioner().post(people.of("/agenda/entries"), """
            {"place": "%s", "date": "%s", "start": "08:00", "end": "08:15", "modes": ["AMB"], "weekly": {"days": ["%s"]}}\
            """.formatted(people.place, day, first));
        String entry = people.practitioner()
                .json(people.of("/agenda/entries"))
                .at("/entries/0/id")
                .asText();
        String form = space + "/agenda/disponibilites/" + entry + "/" + day;

        refused(alice, form, weekly(day, "portee", "THIS_OCCURRENCE", "jours", next));
        refused(alice, form, weekly(day.plusDays(2), "portee", "ALL_WEEKS", "jours", first, "jours", next));
        refused(
                alice,
                space + "/agenda/disponibilites/" + entry + "/" + day.plusWeeks(1),
                weekly(day.plusWeeks(2), "portee", "ALL_WEEKS", "jours", first));
    }

    @Test
    void what_is_said_of_a_place() {
        PageReader alice = alice();
        String away = space + "/lieux/" + people.place + "/indisponibilites";
        String information = space + "/lieux/" + people.place + "/informations";

        refused(alice, away);
        refused(alice, away, "du", "2020-01-01", "au", "");
        refused(alice, away, "du", day.toString(), "au", day.minusDays(1).toString());
        refused(alice, away, "du", "2020-01-01", "au", "2020-01-02", "du", "0020-01-01", "au", "2020-01-02");
        refused(alice, away, "du", day.toString(), "au", day.plusYears(3).toString());
        refused(alice, information, "texte", "a".repeat(1_001));
        refused(alice, information, "texte", "a\u200Bb");
    }

    @Test
    void a_request_for_a_delegate_and_its_refusal() {
        people.asked(people.email("lou"));
        PageReader alice = alice();
        String ask = space + "/delegataires/demande";

        refused(alice, ask);
        refused(alice, ask, person("a".repeat(101), people.email("lou"), "town", "Pa\nris"));
        refused(alice, ask, person("ROY", people.email("lou"), "town", "Paris"));
        refused(alice, ask, person("ROY", people.email("alice"), "town", "Paris"));

        PageReader sacha = accountManager();
        String requests = sacha.open("/espace/demandes").body();
        String decision =
                AccountManagerPages.found(requests, "action=\"([^\"]*/effecteurs/" + people.alice + "[^\"]*)\"");
        refusedAt(sacha, "/espace/demandes", decision, "accepted", "false");
    }

    @Test
    void an_account_and_a_manager() {
        people.named(people.email("noa"));
        PageReader sacha = accountManager();
        String made = "/espace/comptes/nouveau";
        String managers = "/espace/structures/" + people.centre + "/gestionnaires";

        refused(sacha, made);
        refused(sacha, made, person("ROY", "nobody", "territories", "Paris"));
        refused(sacha, made, person("ROY", people.email("lou"), "territories", "33", "regulator", "true"));
        refused(sacha, made, person("ROY", people.email("comptes"), "territories", "75", "regulator", "true"));
        refused(sacha, managers);
        refused(sacha, managers, person("PETIT", people.email("noa")));
        readable(sacha.open("/espace/structures?nom=" + "a".repeat(101)));
    }

    private PageReader alice() {
        return english(practitioner(people.alice, people.email("alice")));
    }

    private PageReader accountManager() {
        return english(signIn(people.email("comptes"), "Sacha", "BLANC"));
    }

    private static PageReader english(PageReader reader) {
        reader.open("/espace/compte?langue=en");
        return reader;
    }

    private static void refused(PageReader reader, String form, String... fields) {
        refusedAt(reader, form, form, fields);
    }

    /** @param fields beside the version that the page shows, name and value in turn */
    private static void refusedAt(PageReader reader, String page, String action, String... fields) {
        String shown = reader.open(page).body();
        String version = shown.contains("name=\"version\"")
                ? AccountManagerPages.found(shown, "name=\"version\" value=\"([^\"]+)\"")
                : "0";

        HttpResponse<String> refused = reader.submit(action, AgendaForms.with(fields, "version", version));

        assertThat(refused.statusCode()).as(String.join(" ", fields)).isEqualTo(422);
        readable(refused);
    }

    private static void readable(HttpResponse<String> page) {
        List<String> faults = FAULT.matcher(page.body())
                .results()
                .map(found -> text(found.group(2)).strip())
                .toList();
        assertThat(faults).as(text(page.body())).hasSizeGreaterThanOrEqualTo(1);
        assertThat(faults).allSatisfy(fault -> assertThat(fault).doesNotContainPattern(OF_DEVELOPERS));
    }

    private String[] slot(String date, String from, String to, String... more) {
        String[] fields = {"date", date, "debut", from, "fin", to};
        return AgendaForms.with(
                fields, Arrays.asList(more).contains("lieu") ? more : AgendaForms.with(more, "lieu", people.place));
    }

    private String[] weekly(LocalDate date, String... more) {
        return AgendaForms.with(slot(date.toString(), "08:00", "08:15", "choix", "slot", "types", "AMB"), more);
    }

    private static String[] person(String family, String email, String... more) {
        return AgendaForms.with(new String[] {"family", family, "given", "Lou", "email", email}, more);
    }

    private static String text(String html) {
        return AgendaForms.text(html);
    }
}
