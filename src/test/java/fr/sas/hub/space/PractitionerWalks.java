package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A doctor with one place, signed in at a browser or reading without scripts. */
@PeopleHubTest
abstract class PractitionerWalks {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    private static final AtomicInteger DOCTORS = new AtomicInteger(810_055);

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    HubClient platform;
    String doctor;

    @BeforeEach
    void a_doctor_with_a_place_whom_no_other_walk_knows() {
        platform = HubClient.at(port).as("test-portal");
        doctor = DOCTORS.incrementAndGet() + "055501";
        assertThat(platform.put("/api/v1/practitioners/" + doctor, """
                        {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["1750000555"],
                         "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS", "phone": "0102030405"}]}""").statusCode())
                .isIn(200, 201);
    }

    /** What a search answers of the next three days. */
    String found() {
        return HubClient.at(port).get(HubClient.slotsOf(Instant.now(), doctor)).body();
    }

    JsonNode settings() {
        return platform.json("/api/v1/practitioners/" + doctor + "/settings");
    }

    Page signedIn() {
        Page page = browser.get().page("fr-FR", ColorScheme.LIGHT);
        SignInProvider.signIn(page, hub(), "walks-" + doctor, SignInProvider.practitioner(doctor, "Alice", "DURAND"));
        return page;
    }

    PageReader reader() {
        return SignInProvider.signIn(port, "walks-" + doctor, SignInProvider.practitioner(doctor, "Alice", "DURAND"));
    }

    String hub() {
        return "http://localhost:" + port;
    }
}
