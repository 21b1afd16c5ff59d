package fr.sas.hub;

import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeAccounts;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.LastRelease;
import fr.sas.hub.testing.NextSignIn;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.Scrape;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The last release and this one on one database (docs/upgrade.md): they share letters and the polling of vendors, and whoever signed in at one
 * is served by the other. What is searched meanwhile: {@link TwoReleasesTest}.
 */
class WorkOfTwoReleasesTest {

    private static final String PATIENT = "899970200001";
    private static final String TAKES_ACCOUNTS = "comptes-de-deux";
    private static final String REALM = "two-releases";

    private final String database = TestDatabase.fresh();
    private final JdbcTemplate jdbc = new JdbcTemplate(new DriverManagerDataSource(database, "postgres", ""));
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final FakeAccounts accounts = new FakeAccounts();
    private final StubbedVendor polled = new StubbedVendor("sonde-par-deux", PATIENT);

    /** Its own: whom the one of the other tests signs in next, they decide. */
    private final NextSignIn next = new NextSignIn(REALM);

    private final MockOAuth2Server provider = next.provider();

    @TempDir
    Path connectors;

    @AfterEach
    void the_vendors_leave() {
        accounts.close();
        polled.close();
        provider.shutdown();
    }

    @Test
    void both_tell_poll_and_serve_the_same_people_until_the_old_one_leaves() throws Exception {
        LastRelease release = LastRelease.built();
        Descriptor.of(TAKES_ACCOUNTS).at(accounts.baseUrl()).takesAccounts().dropInto(connectors);
        polled.joins(connectors);
        try (Node old = node().startAlone("last-release-at-work", release).awaitReady();
                Node fresh = node().startAlone("this-release-at-work").awaitReady()) {
            old.client().knows(PATIENT);
            PageReader before = signedIn(old, "avant");
            PageReader after = signedIn(fresh, "apres");
            areServedBy(old, before);
            areServedBy(fresh, after);

            bothPoll(old, fresh);
            bothTell(old, fresh);
            areServedBy(fresh, before, after);
            areServedBy(old, before, after);

            accounts.failWith(503);
            UUID late = saved(old, "TARD");
            await().until(() ->
                    accounts.told().stream().anyMatch(told -> told.body().contains(late.toString())));
            old.leave();
            accounts.behave();
            await().until(() -> accounts.account(late.toString()).isPresent());
            areServedBy(fresh, before, after);
            isPolledSince(Instant.now());
        }
    }

    private Node.Setup node() {
        return Node.on(database, connectors)
                .with(
                        "hub.sign-in.issuer=" + provider.issuerUrl(REALM),
                        "hub.sign-in.client-secret=provider",
                        "hub.secrets.provider=not-so-secret");
    }

    private void bothPoll(Node old, Node fresh) {
        await().until(() -> asks(old) > 0 && asks(fresh) > 0);
        polled.offers(
                aVendorSlot().id("a").from(now.plus(Duration.ofHours(3))),
                aVendorSlot().id("b").from(now.plus(Duration.ofHours(4))));
        await().until(() -> slots(old) == 2 && slots(fresh) == 2);
        polled.offers(aVendorSlot().id("b").from(now.plus(Duration.ofHours(4))));
        await().until(() -> slots(old) == 1 && slots(fresh) == 1);
        double asked = asks(old);
        await("the old one, after the new one").until(() -> asks(old) > asked);
    }

    private double asks(Node node) {
        return Scrape.of(node.client().as("test-ops")).sum("hub_vendor_requests_seconds_count", "vendor", polled.id);
    }

    private int slots(Node node) {
        return node.client().json(HubClient.slotsOf(now, PATIENT)).path("total").asInt();
    }

    private void isPolledSince(Instant then) {
        await().until(() -> jdbc.queryForObject(
                        "SELECT count(*) FROM connector_target WHERE source = ? AND asked_at > ?",
                        Long.class,
                        polled.id,
                        Timestamp.from(then))
                == 1);
    }

    /** Each letter once, whoever takes it. */
    private void bothTell(Node old, Node fresh) {
        for (int i = 0; i < 10; i++) {
            isToldOnce(saved(old, "AVANT"));
            isToldOnce(saved(fresh, "APRES"));
        }
    }

    private static UUID saved(Node node, String family) {
        UUID regulator = UUID.randomUUID();
        HubClient hub = node.client().as("test-ops");
        String path = "/api/v1/regulators/" + regulator;
        HubClient.json(hub.put(
                path, "{\"family\":\"" + family + "\",\"given\":\"Camille\",\"email\":\"camille@test.example\"}"));
        HubClient.json(hub.post(path + "/login", ""));
        return regulator;
    }

    private void isToldOnce(UUID regulator) {
        await().until(() -> accounts.account(regulator.toString()).isPresent());
        await().until(() -> jdbc.queryForObject(
                        "SELECT count(*) FROM outbox_letter WHERE key = ?", Long.class, regulator.toString())
                == 0);
        assertThat(accounts.told())
                .filteredOn(told -> told.body().contains(regulator.toString()))
                .hasSize(1);
    }

    private PageReader signedIn(Node node, String name) {
        HubClient platform = node.client().as("test-portal");
        String email = name + ".manager@exemple.fr";
        platform.put("/api/v1/facilities/1750000888", "{\"name\": \"CENTRE DE SANTÉ\", \"kind\": \"cds\"}");
        platform.post(
                "/api/v1/facilities/1750000888/managers",
                "{\"email\": \"" + email + "\", \"family\": \"MARTIN\", \"given\": \"Camille\"}");
        next.is(name, Map.of("email", email, "email_verified", true, "sid", "s-" + name));
        PageReader reader = new PageReader(node.port());
        if (reader.signIn().uri().getPath().equals("/conditions")) {
            reader.acceptTerms();
        }
        return reader;
    }

    private static void areServedBy(Node node, PageReader... people) {
        for (PageReader person : people) {
            var page = person.open("http://localhost:" + node.port() + "/espace");
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.uri().getPath()).isEqualTo("/espace");
            assertThat(page.body()).contains("CENTRE DE SANTÉ");
        }
    }
}
