package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** The week of a practitioner, who has signed in, in a browser. */
class WeekInBrowser {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    static final Source VENDOR = new Source("agenda-lune");
    static final AtomicInteger PEOPLE = new AtomicInteger(810_077_000);

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    Participation participation;

    final LocalDate day = LocalDate.now(PARIS).plusDays(7).with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY));
    String rpps;
    Page page;

    @BeforeEach
    void a_practitioner_looks_at_a_week() {
        rpps = "810" + PEOPLE.incrementAndGet();
        HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + rpps, """
                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["1750000901"],
                 "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS"}]}""");
        page = browser.get().page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(page, hub(), rpps, SignInProvider.practitioner(rpps, "Alice", "DURAND"));
        open(day);
    }

    /** By the first search after the page has said that it is saved. */
    String found() {
        return HubClient.at(port)
                .get(HubClient.slotsOf(day.atStartOfDay(PARIS).toInstant(), rpps))
                .body();
    }

    /** Types one patient's slot on the day, in the form as a page. */
    void type(String start, String end) {
        page.navigate(hub() + agenda() + "/disponibilites/nouvelle?date=" + day + "&debut=" + start + "&fin=" + end);
        page.getByText("ENREGISTRER").click();
        if (end.compareTo(start) < 0) {
            page.getByLabel("Cette disponibilité se termine le lendemain ?").check();
            page.getByText("ENREGISTRER").click();
        }
        assertThat(page.locator("#said")).isVisible();
    }

    void vendorSlots() {
        Descriptor.of(VENDOR.name()).mode("push").roster(rpps).dropInto(connectors);
        await().atMost(Duration.ofSeconds(30)).until(() -> vendors.find(VENDOR).isPresent());
        index.replace(participation.screen(Batches.batch(
                VENDOR,
                Instant.now(),
                List.of(new PractitionerId(rpps)),
                day.minusDays(1).atTime(14, 0).atZone(PARIS).toInstant(),
                8)));
    }

    void open(LocalDate date) {
        page.navigate(hub() + agenda() + "?semaine=" + IsoWeek.of(date));
    }

    Locator block(String hours) {
        return page.locator(".block", new Page.LocatorOptions().setHasText(hours));
    }

    String title() {
        LocalDate monday = IsoWeek.of(day).monday();
        return DayWords.of(monday, "d MMMM yyyy", Locale.FRENCH) + " - "
                + DayWords.of(monday.plusDays(6), "d MMMM yyyy", Locale.FRENCH);
    }

    String placeOf() {
        return HubClient.at(port)
                .as("test-portal")
                .json("/api/v1/practitioners/" + rpps)
                .path("places")
                .path(0)
                .path("id")
                .asText();
    }

    String agenda() {
        return "/espace/effecteurs/" + rpps + "/agenda";
    }

    String hub() {
        return "http://localhost:" + port;
    }
}
