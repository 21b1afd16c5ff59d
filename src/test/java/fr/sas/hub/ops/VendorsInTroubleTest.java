package fr.sas.hub.ops;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorBundle;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** One vendor of each fault, side by side on the first page: what the console says of it. */
@HubTest
class VendorsInTroubleTest {

    private static final ContainsTextOptions PATIENTLY = new ContainsTextOptions().setTimeout(40_000);
    private static final Pattern UNWELL = Pattern.compile("en difficulté|interrogation suspendue");
    private static final String WELL = VendorBundle.aBundle().toJson();

    private final WireMockServer vendors =
            new WireMockServer(WireMockConfiguration.options().dynamicPort().asynchronousResponseEnabled(true));

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    CamelContext camel;

    /** @param words what its row says */
    private record Troubled(String vendor, ResponseDefinitionBuilder answer, String words) {}

    private List<Troubled> everyFault() {
        return List.of(
                new Troubled("panne-lent", okJson(WELL).withFixedDelay(4_000), "pas de réponse à temps"),
                new Troubled("panne-coupe", aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER), "injoignable"),
                new Troubled("panne-patience", status(429).withHeader("Retry-After", "600"), "demande de ralentir"),
                new Troubled("panne-refus", status(403), "requête refusée"),
                new Troubled("panne-echec", serverError(), "erreur du serveur"),
                new Troubled("panne-ailleurs", temporaryRedirect("http://127.0.0.2:9/"), "redirection"),
                new Troubled("panne-flot", okJson(" ".repeat(21_000_000)), "réponse trop volumineuse"),
                new Troubled("panne-charabia", ok("<html>Maintenance</html>"), "réponse illisible"),
                new Troubled("panne-page", okJson(withNext("/panne-page/perdue")), "page manquante"),
                new Troubled("panne-boucle", okJson(withNext("/panne-boucle/Slot?page=2")), "pages en boucle"));
    }

    @BeforeEach
    void they_are_connected() {
        vendors.start();
        everyFault().forEach(one -> {
            vendors.stubFor(get(urlPathEqualTo("/" + one.vendor + "/Slot")).willReturn(one.answer));
            descriptor(one.vendor).dropInto(connectors);
        });
        vendors.stubFor(get(urlPathEqualTo("/panne-aucune/Slot")).willReturn(okJson(WELL)));
        Stream.of("live", "trial", "paused")
                .forEach(status -> descriptor("bien-" + status)
                        .at(vendors.baseUrl() + "/panne-aucune")
                        .status(status)
                        .dropInto(connectors));
        Descriptor.of("sans-personne").dropInto(connectors);
        Descriptor.of("sans-route").dropInto(connectors);
    }

    @AfterEach
    void they_leave() {
        HubClient ops = HubClient.at(port).as("test-ops");
        Stream.concat(
                        everyFault().stream().map(Troubled::vendor),
                        Stream.of("bien-live", "bien-trial", "bien-paused", "sans-personne", "sans-route"))
                .forEach(vendor -> {
                    Descriptor.of(vendor).removeFrom(connectors);
                    await().until(() -> ops.get("/api/v1/connectors/" + vendor).statusCode() == 404);
                });
        vendors.stop();
    }

    @Test
    void the_first_page_says_in_words_how_each_is() throws Exception {
        try (Browser browser = Browser.open()) {
            await().until(() -> camel.getRoute("fetch-slots-from-sans-route") != null);
            camel.getRouteController().stopRoute("fetch-slots-from-sans-route");
            Page page = browser.page("fr-FR", ColorScheme.LIGHT);
            page.navigate("http://localhost:" + port + "/ops/login");
            page.locator("#token").fill("test-ops");
            page.keyboard().press("Enter");

            for (Troubled one : everyFault()) {
                Locator row = row(page, one.vendor);
                assertThat(row).containsText(one.words, PATIENTLY);
                assertThat(row.locator(".word")).hasText(UNWELL);
            }
            assertThat(row(page, "panne-patience").locator("td").last()).hasText(Pattern.compile("\\d+ (s|min)"));
            assertThat(row(page, "bien-live")).containsText("répond", PATIENTLY);
            assertThat(row(page, "bien-trial")).containsText("à l'essai", PATIENTLY);
            assertThat(row(page, "bien-paused")).containsText("en pause", PATIENTLY);
            assertThat(row(page, "sans-personne")).containsText("pas encore interrogé", PATIENTLY);
            assertThat(row(page, "sans-route")).containsText("interrogation arrêtée", PATIENTLY);
            assertThat(Axe.breachesInLightAndDark(page)).isEmpty();
            Browser.picture(page, "overview-fr-every-fault");
        }
    }

    private static Locator row(Page page, String vendor) {
        return page.locator("tr[data-vendor=" + vendor + "]");
    }

    private Descriptor descriptor(String vendor) {
        return Descriptor.of(vendor)
                .at(vendors.baseUrl() + "/" + vendor)
                .roster(Batches.newPractitioner().value())
                .poll("timeout: 2s")
                .poll("every: 1s")
                .poll("idleEvery: 1s");
    }

    private String withNext(String next) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"next\",\"url\":\""
                + vendors.baseUrl() + next + "\"}]}";
    }
}
