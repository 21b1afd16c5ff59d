package fr.sas.hub;

import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.InstalledPostgres;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.StubbedVendor;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The walks of docs/upgrade.md, with {@code pg_dump} and to an instant: what a restore brings back, and what is lost. */
class RestoreTest {

    private static final String ALICE = "899970200001";
    private static final String BRUNO = "899970200002";
    private static final String CHLOE = "899970200003";

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @TempDir
    Path connectors;

    @Test
    void what_was_said_before_the_dump_counts_what_was_said_after_it_is_lost_and_vendors_are_asked_again()
            throws Exception {
        try (InstalledPostgres postgres = InstalledPostgres.started();
                StubbedVendor alices = new StubbedVendor("sauvegarde-a", ALICE);
                StubbedVendor brunos = new StubbedVendor("sauvegarde-b", BRUNO)) {
            postgres.run("createdb", "hub");
            alices.offers(aVendorSlot().id("a").from(now.plus(Duration.ofHours(3))));
            brunos.offers(aVendorSlot().id("b").from(now.plus(Duration.ofHours(3))));
            alices.joins(connectors);
            brunos.joins(connectors);
            String dump = postgres.file("hub.dump");
            try (Node before = node(postgres.address("hub")).start()) {
                HubClient hub = before.client();
                hub.knows(ALICE);
                hub.knows(BRUNO);
                hub.knows(CHLOE);
                type(hub, CHLOE);
                await().until(() -> slots(hub, ALICE) == 1 && slots(hub, BRUNO) == 1 && slots(hub, CHLOE) == 1);
                hide(hub, BRUNO);

                postgres.run("pg_dump", "-Fc", "-f", dump, "hub");

                hide(hub, ALICE);
                assertThat(slots(hub, ALICE)).isZero();
            }
            alices.offers(
                    aVendorSlot().id("a").from(now.plus(Duration.ofHours(3))),
                    aVendorSlot().id("new").from(now.plus(Duration.ofHours(4))));
            postgres.run("createdb", "hub2");
            postgres.run("pg_restore", "-d", "hub2", dump);

            try (Node after = node(postgres.address("hub2")).start()) {
                HubClient hub = after.client();
                await("the refusal after the dump is lost; the vendor was asked again")
                        .until(() -> slots(hub, ALICE) == 2);
                assertThat(slots(hub, BRUNO)).as("the refusal before the dump").isZero();
                assertThat(slots(hub, CHLOE)).as("what was typed").isEqualTo(1);
            }
        }
    }

    @Test
    void to_the_instant_before_a_mistake_what_was_said_until_then_counts_and_vendors_are_asked_again()
            throws Exception {
        try (InstalledPostgres postgres = InstalledPostgres.started();
                StubbedVendor alices = new StubbedVendor("sauvegarde-a", ALICE);
                StubbedVendor brunos = new StubbedVendor("sauvegarde-b", BRUNO)) {
            postgres.run("createdb", "hub");
            alices.offers(aVendorSlot().id("a").from(now.plus(Duration.ofHours(3))));
            brunos.offers(aVendorSlot().id("b").from(now.plus(Duration.ofHours(3))));
            alices.joins(connectors);
            brunos.joins(connectors);
            Path backup;
            String beforeTheMistake;
            try (Node before = node(postgres.address("hub")).start()) {
                HubClient hub = before.client();
                hub.knows(ALICE);
                hub.knows(BRUNO);
                hub.knows(CHLOE);
                await().until(() -> slots(hub, ALICE) == 1 && slots(hub, BRUNO) == 1);

                backup = postgres.backup();

                type(hub, CHLOE);
                await().until(() -> slots(hub, CHLOE) == 1);
                hide(hub, ALICE);
                aQuestionIsUnderWay(brunos);
                beforeTheMistake = postgres.ask("hub", "SELECT clock_timestamp()::text");
                postgres.execute("hub", "TRUNCATE agenda_entry CASCADE");
                hide(hub, BRUNO);
                assertThat(slots(hub, BRUNO)).isZero();
            }
            brunos.offers(
                    aVendorSlot().id("b").from(now.plus(Duration.ofHours(3))),
                    aVendorSlot().id("new").from(now.plus(Duration.ofHours(4))));

            try (InstalledPostgres recovered = postgres.recovered(backup, beforeTheMistake);
                    Node after = node(recovered.address("hub")).start()) {
                HubClient hub = after.client();
                await("the refusal after the mistake is lost with it; the vendor was asked again")
                        .until(() -> slots(hub, BRUNO) == 2);
                assertThat(slots(hub, ALICE)).as("the refusal before it").isZero();
                assertThat(slots(hub, CHLOE)).as("what was typed before it").isEqualTo(1);
                assertThat(recovered.ask("hub", "SELECT count(*) FROM agenda_entry"))
                        .isEqualTo("1");
            }
        }
    }

    /** For some seconds from now on: at the instant of the backup. */
    private static void aQuestionIsUnderWay(StubbedVendor vendor) {
        vendor.answers(okJson(vendor.body()).withFixedDelay(4000));
        int before = vendor.questions();
        await().until(() -> vendor.questions() > before);
    }

    /** Whom a node was asking for at the instant of a backup is asked for again once its claim has expired. */
    private Node.Setup node(String database) {
        return Node.on(database, connectors).with("hub.connector.claim-margin=1s");
    }

    private int slots(HubClient hub, String practitioner) {
        return hub.json(HubClient.slotsOf(now, practitioner)).path("total").asInt();
    }

    private void type(HubClient hub, String practitioner) {
        HttpResponse<String> typed = hub.as("test-portal")
                .post(
                        "/api/v1/practitioners/" + practitioner + "/agenda/entries",
                        "{\"place\": \"1750000001\", \"date\": \"%s\", \"start\": \"10:00\", \"end\": \"10:20\", \"modes\": [\"AMB\"]}"
                                .formatted(now.atZone(ZoneId.of("Europe/Paris"))
                                        .plusDays(1)
                                        .toLocalDate()));
        assertThat(typed.statusCode()).as(typed.body()).isEqualTo(201);
    }

    private static void hide(HubClient hub, String practitioner) {
        HubClient.json(hub.as("test-portal")
                .put("/api/v1/practitioners/" + practitioner + "/settings", "{\"vendorSlotsHidden\": true}"));
    }
}
