package fr.sas.hub.push;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serviceUnavailable;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorBundle;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A vendor delivers its slots in transactions, and the platform finds them. */
@HubTest
class DeliveringTest {

    private static final String ANNA = "899970000001";

    private final Instant first = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private Deliverer vendor;

    @BeforeEach
    void a_vendor_that_delivers() {
        Descriptor.of("push-a").mode("push").roster(ANNA).dropInto(connectors);
        vendor = new Deliverer(port, "push-a").connected();
    }

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of("push-a").removeFrom(connectors);
        await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
    }

    private VendorBundle anna(Instant... starts) {
        var anna = aPractitioner(ANNA, "MARTIN", "Anna")
                .at(aPlace("1750000021").address("1 rue des Tilleuls", "75001", "PARIS"));
        for (Instant start : starts) {
            anna.slot(aVendorSlot().from(start));
        }
        return aBundle().with(anna);
    }

    @Test
    void what_is_delivered_is_found_at_once() {
        assertThat(vendor.send(aTransaction().putting(anna(first, first.plusSeconds(1800)))))
                .hasSize(5)
                .containsOnly("201 Created");

        assertThat(vendor.found(ANNA)).containsExactly(first, first.plusSeconds(1800));
        assertThat(vendor.search(ANNA).at("/entry/0/resource/meta/source").asText())
                .isEqualTo("push-a");
    }

    @Test
    void the_vendor_is_not_blamed_for_the_frame_that_the_hub_puts_around_its_resources() {
        vendor.send(aTransaction().putting(anna(first)));

        JsonNode scorecard = HubClient.at(port).as("test-ops").json("/api/v1/connectors/push-a/scorecard");
        assertThat(scorecard.at("/slots/accepted").asInt()).isPositive();
        assertThat(scorecard.findValuesAsText("rule"))
                .as(scorecard.toString())
                .doesNotContain("FULL_URL_MISSING", "SELF_LINK_MISSING", "SEARCH_MODE", "TOTAL_MISSING", "TOTAL_WRONG");
    }

    @Test
    void the_same_again_changes_nothing() {
        vendor.send(aTransaction().putting(anna(first)));

        assertThat(vendor.send(aTransaction().putting(anna(first)))).containsOnly("200 OK");
        String address = "/Slot/slot-" + ANNA + "-1-" + first.getEpochSecond() / 60;
        var slot = vendor.get(address);
        assertThat(slot.headers().firstValue("ETag")).as(slot.body()).hasValue("W/\"1\"");
        var known = vendor.send("GET", address, null, "If-None-Match", "W/\"1\"");
        assertThat(known.statusCode()).isEqualTo(304);
        assertThat(known.body()).isEmpty();
    }

    @Test
    void a_deleted_slot_is_found_no_longer() {
        vendor.send(aTransaction().putting(anna(first, first.plusSeconds(1800))));

        vendor.send(aTransaction().delete("Slot/slot-" + ANNA + "-1-" + first.getEpochSecond() / 60));

        assertThat(vendor.found(ANNA)).containsExactly(first.plusSeconds(1800));
    }

    @Test
    void what_begins_beyond_the_horizon_for_asking_is_found_too_and_goes_when_it_is_taken_back() {
        Instant inSixDays = first.plus(Duration.ofDays(6));
        vendor.send(aTransaction().putting(anna(first, inSixDays)));

        assertThat(vendor.found(ANNA, inSixDays.minusSeconds(60))).containsExactly(inSixDays);

        vendor.send(aTransaction().delete("Slot/slot-" + ANNA + "-1-" + inSixDays.getEpochSecond() / 60));

        assertThat(vendor.found(ANNA, inSixDays.minusSeconds(60))).isEmpty();
        assertThat(vendor.found(ANNA)).containsExactly(first);
    }

    @Test
    void an_answer_takes_back_what_was_delivered_only_as_far_as_was_asked() {
        Instant inSixDays = first.plus(Duration.ofDays(6));
        Instant answered = first.plusSeconds(3600);
        var asked = new WireMockServer(WireMockConfiguration.options().dynamicPort());
        asked.start();
        try {
            asked.stubFor(get(urlPathEqualTo("/Slot")).willReturn(serviceUnavailable()));
            Descriptor.of("push-d")
                    .mode("both")
                    .at(asked.baseUrl())
                    .poll("every: 1s")
                    .poll("idleEvery: 1s")
                    .roster(ANNA)
                    .dropInto(connectors);
            new Deliverer(port, "push-d").connected().send(aTransaction().putting(anna(first, inSixDays)));

            asked.stubFor(get(urlPathEqualTo("/Slot"))
                    .willReturn(okJson(anna(answered).toNode().toString())));

            await().untilAsserted(() -> assertThat(vendor.found(ANNA)).containsExactly(answered));
            assertThat(vendor.found(ANNA, inSixDays.minusSeconds(60))).containsExactly(inSixDays);
        } finally {
            Descriptor.of("push-d").removeFrom(connectors);
            await().until(() -> vendor.found(ANNA, inSixDays.minusSeconds(60)).isEmpty());
            asked.stop();
        }
    }
}
