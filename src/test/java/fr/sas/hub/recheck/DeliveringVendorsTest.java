package fr.sas.hub.recheck;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.asking.VendorInquiries;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.testing.StubbedVendor;
import fr.sas.hub.testing.Transaction;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** A vendor that delivers by itself is never asked, whatever its address answers: what it delivered stands. */
@HubTest
@Import(MovableClock.Wound.class)
class DeliveringVendorsTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");
    private static final String EVERYTHING =
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"everything\",\"valueBoolean\":true}]}";

    private final PractitionerId anna = Batches.newPractitioner();
    private final Source source = new Source("push-c");
    private final StubbedVendor address = new StubbedVendor("push-c", anna.value());
    private final Instant ten = EIGHT.plus(Duration.ofHours(2));

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    Ghosts ghosts;

    @Autowired
    VendorInquiries inquiries;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    JdbcTemplate jdbc;

    private HubClient search;
    private HubClient vendor;

    @BeforeEach
    void a_vendor_delivered_at_eight_and_its_address_answers_with_nothing() {
        clock.moveTo(EIGHT);
        search = HubClient.at(port);
        vendor = search.as("test-vendor-push-c");
        address.offers();
        joins("push");
        send(offer());
        assertThat(found()).isEqualTo(1);
    }

    @AfterEach
    void it_leaves() {
        address.descriptor().removeFrom(connectors);
        await().until(() ->
                search.as("test-ops").get("/api/v1/connectors/push-c").statusCode() == 404);
        address.close();
    }

    private void joins(String mode) {
        Descriptor.of("push-c")
                .mode(mode)
                .at(address.address())
                .roster(anna.value())
                .poll("every: 1h")
                .poll("idleEvery: 1h")
                .dropInto(connectors);
        await().until(() ->
                search.as("test-ops").get("/api/v1/connectors").body().contains("push-c"));
        await().until(() -> post("/fhir/$confirm", EVERYTHING).statusCode() == 200);
    }

    private Transaction offer() {
        return aTransaction()
                .putting(aBundle()
                        .with(aPractitioner(anna.value(), "MARTIN", "Anna")
                                .at(aPlace("1750000021"))
                                .slot(aVendorSlot().from(ten))));
    }

    private void send(Transaction transaction) {
        HttpResponse<String> answer = post("/fhir", transaction.toJson());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> post(String path, String body) {
        return vendor.send(vendor.request(path)
                .header("Content-Type", "application/fhir+json")
                .POST(BodyPublishers.ofString(body)));
    }

    private JsonNode answer() {
        return search.json(HubClient.slotsOf(clock.instant(), anna.value()));
    }

    private int found() {
        return answer().path("total").asInt();
    }

    private JsonNode revalidated(String id) {
        return HubClient.json(
                search.send(search.request("/fhir/Slot/" + id + "/$revalidate").POST(BodyPublishers.noBody())));
    }

    @Test
    void nobody_asks_it_and_its_slots_stand() {
        String id = answer().at("/entry/0/resource/id").asText();

        ghosts.sample(source);
        ghosts.sample();
        assertThat(inquiries.ask(source, anna)).isEmpty();
        assertThat(revalidated(id).at("/parameter/0/valueCode").asText()).isEqualTo("free");
        HttpResponse<String> check = search.as("test-ops").post("/api/v1/connectors/push-c/check", "{}");
        assertThat(check.statusCode()).as(check.body()).isEqualTo(409);

        assertThat(address.questions()).isZero();
        assertThat(found()).isEqualTo(1);
        assertThat(answer().toString()).doesNotContain("OperationOutcome");
    }

    @Test
    void whether_a_slot_is_free_is_answered_from_what_was_delivered_with_its_age() {
        String id = answer().at("/entry/0/resource/id").asText();
        clock.moveTo(EIGHT.plus(Duration.ofMinutes(4)));

        JsonNode delivered = revalidated(id);
        assertThat(delivered.at("/parameter/0/valueCode").asText()).isEqualTo("free");
        assertThat(saidAt(delivered)).isEqualTo(EIGHT);

        clock.moveTo(EIGHT.plus(Duration.ofMinutes(21)));
        JsonNode old = revalidated(id);
        assertThat(old.at("/parameter/0/valueCode").asText())
                .as("too old to be shown")
                .isEqualTo("unknown");
        assertThat(saidAt(old)).isEqualTo(EIGHT);

        send(aTransaction().delete("Slot/slot-" + anna + "-1-" + ten.getEpochSecond() / 60));
        assertThat(revalidated(id).at("/parameter/0/valueCode").asText()).isEqualTo("gone");
        assertThat(address.questions()).isZero();
    }

    private static Instant saidAt(JsonNode parameters) {
        for (JsonNode parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals("word")) {
                assertThat(parameter.at("/part/0/valueString").asText()).isEqualTo("push-c");
                return OffsetDateTime.parse(parameter.at("/part/1/valueInstant").asText())
                        .toInstant();
            }
        }
        throw new AssertionError("nobody's word: " + parameters);
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "a slot", "the same again"})
    void what_vanished_from_the_index_comes_back_with_the_vendors_next_word(String word) {
        jdbc.update("DELETE FROM index_slot WHERE source = 'push-c'");
        assertThat(held()).isZero();
        says(word);
        assertThat(held()).isEqualTo(1);

        jdbc.update("DELETE FROM index_slot WHERE source = 'push-c'");
        jdbc.update("DELETE FROM index_word WHERE source = 'push-c'");
        says(word);
        assertThat(held()).as("nothing was known of its word").isEqualTo(1);
        assertThat(found()).isEqualTo(1);
    }

    /** As a node that begins now would read it. */
    private int held() {
        return Objects.requireNonNull(index.availabilityOf(List.of(anna)).get(anna))
                .slots()
                .size();
    }

    @ParameterizedTest
    @ValueSource(strings = {"everything", "a slot", "the same again"})
    void what_an_asked_vendor_answered_otherwise_comes_back_with_what_it_delivers(String word) {
        joins("both");
        await().until(() -> address.questions() > 0);
        clock.moveTo(EIGHT.plusSeconds(10));
        await().until(() -> inquiries.ask(source, anna).isPresent());
        assertThat(found()).as("it answered with nothing").isZero();
        clock.moveTo(EIGHT.plusSeconds(20));

        says(word);

        assertThat(found()).isEqualTo(1);
    }

    private void says(String word) {
        switch (word) {
            case "everything" -> post("/fhir/$confirm", EVERYTHING);
            case "a slot" -> post("/fhir/$confirm", """
                        {"resourceType": "Parameters", "parameter": [{"name": "resource", "valueReference":
                         {"reference": "Slot/slot-%s-1-%d"}}]}""".formatted(anna, ten.getEpochSecond() / 60));
            default -> send(offer());
        }
    }
}
