package fr.sas.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Whoever reads everything reads it as files, in the form in which the hub reads vendors' files. */
class BulkPublishTest extends PublishingHub {

    private static final String MISLAY = "UPDATE publish_part SET ";
    private static final String BEHIND = " AND departement = '88' AND subject > ?";

    @Test
    void what_is_found_is_published_by_departement_and_everything_referred_to_is_published_too() {
        PractitionerId zoe = Batches.newPractitioner();
        soleil.say(alice, "20137", in(0), in(15));
        soleil.sayOfCommunity(zoe, "97400", in(0), CPTS);
        awaitSlotsOf(alice, 2);
        awaitSlotsOf(zoe, 2);

        assertThat(statesOf("Slot")).contains("2A", "974");
        JsonNode slot = published("Slot/" + reader.slotsOf(alice.value()).getFirst());
        assertThat(slot.at("/extension/0/valueUrl").asText())
                .isEqualTo(slot.path("comment").asText())
                .startsWith("https://publish-soleil.example/");
        JsonNode schedule = published(slot.at("/schedule/reference").asText());
        assertThat(schedule.path("meta").has("extension")).isFalse();
        JsonNode location = published(schedule.at("/actor/0/reference").asText());
        assertThat(location.at("/address/state").asText()).isEqualTo("2A");
        assertThat(location.at("/name").asText()).isEqualTo("1 rue des Lilas, 20137 VILLE");
        assertThat(location.at("/telecom/0/value").asText()).isEqualTo("+33140000000");
        assertThat(reader.resources()).containsKey("Organization/" + CPTS);
        assertThat(reader.resources().keySet()).containsAll(references(reader.resources()));
    }

    @Test
    void a_slot_is_published_as_a_read_by_its_id_returns_it_whether_it_belongs_to_a_community_or_not() {
        PractitionerId zoe = Batches.newPractitioner();
        soleil.sayOfCommunity(zoe, "97400", in(0), CPTS);
        awaitSlotsOf(zoe, 2);

        assertThat(reader.slotsOf(zoe.value())).hasSize(2).allSatisfy(id -> {
            JsonNode read = platform.json("/fhir/Slot/" + id);
            assertThat(published("Slot/" + id).at("/meta/profile")).isEqualTo(read.at("/meta/profile"));
            assertThat(published("Slot/" + id).path("serviceType")).isEqualTo(read.path("serviceType"));
        });
    }

    private JsonNode published(String reference) {
        return Objects.requireNonNull(reader.resources().get(reference), reference);
    }

    private List<String> statesOf(String type) {
        return StreamSupport.stream(reader.manifest().path("output").spliterator(), false)
                .filter(file -> file.path("type").asText().equals(type))
                .map(file -> file.at("/extension/state/0").asText())
                .toList();
    }

    private static List<String> references(Map<String, JsonNode> resources) {
        return resources.values().stream()
                .flatMap(resource -> resource.findValuesAsText("reference").stream())
                .filter(reference -> !reference.startsWith("#"))
                .distinct()
                .toList();
    }

    @Test
    void a_manifest_that_did_not_change_is_not_sent_again() {
        soleil.say(alice, "75011", in(0));
        awaitSlotsOf(alice, 1);

        await().untilAsserted(() -> {
            HttpResponse<String> manifest = platform.get("/fhir/$bulk-publish");
            String etag = manifest.headers().firstValue("ETag").orElseThrow();
            String modified = manifest.headers().firstValue("Last-Modified").orElseThrow();
            String since = HubClient.json(manifest).path("transactionTime").asText();
            assertThat(status("/fhir/$bulk-publish", "If-None-Match", etag)).isEqualTo(304);
            assertThat(status("/fhir/$bulk-publish?_since=" + since, "If-None-Match", etag))
                    .isEqualTo(304);
            assertThat(status("/fhir/$bulk-publish", "If-Modified-Since", modified))
                    .isEqualTo(304);
            assertThat(status("/fhir/$bulk-publish", "If-None-Match", "\"other\""))
                    .isEqualTo(200);
        });
    }

    private int status(String path, String header, String value) {
        return platform.send(platform.request(path).header(header, value)).statusCode();
    }

    @Test
    void a_file_that_did_not_change_keeps_its_address_in_the_next_manifest() {
        PractitionerId zoe = Batches.newPractitioner();
        soleil.say(alice, "29200", in(0));
        soleil.say(zoe, "56100", in(0));
        awaitSlotsOf(alice, 1);
        awaitSlotsOf(zoe, 1);
        String ofAlice = addressOf("29", "Slot");
        String ofZoe = addressOf("56", "Slot");
        String places = addressOf("56", "Location");
        String etag = platform.get(ofAlice).headers().firstValue("ETag").orElseThrow();

        soleil.say(zoe, "56100", in(0), in(15));
        awaitSlotsOf(zoe, 2);

        assertThat(addressOf("56", "Slot")).isNotEqualTo(ofZoe);
        assertThat(addressOf("56", "Location")).isEqualTo(places);
        assertThat(addressOf("29", "Slot")).isEqualTo(ofAlice);
        assertThat(status(ofAlice, "If-None-Match", etag)).isEqualTo(304);
        assertThat(reader.lines(ofZoe)).as("of the edition before").hasSize(1);
    }

    private String addressOf(String departement, String type) {
        return StreamSupport.stream(reader.manifest().path("output").spliterator(), false)
                .filter(file -> file.path("type").asText().equals(type)
                        && file.at("/extension/state/0").asText().equals(departement))
                .map(PublishedSlots::pathOf)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_file_says_how_long_it_is_compressed_or_not_and_one_that_cannot_be_completed_is_cut_off() throws IOException {
        PractitionerId[] many =
                Stream.generate(() -> Batches.newPractitioner()).limit(150).toArray(PractitionerId[]::new);
        for (PractitionerId one : many) {
            soleil.say(one, "88000", in(0), in(15));
        }
        await().ignoreException(NoSuchElementException.class)
                .untilAsserted(
                        () -> assertThat(reader.lines(addressOf("88", "Slot"))).hasSize(300));
        String address = addressOf("88", "Slot");

        HttpResponse<byte[]> plain = bytes(address, "identity");
        HttpResponse<byte[]> zipped = bytes(address, "gzip");

        assertThat(plain.headers().firstValueAsLong("Content-Length")).hasValue(plain.body().length);
        assertThat(plain.headers().firstValue("Content-Type")).hasValue("application/fhir+ndjson");
        assertThat(zipped.headers().firstValueAsLong("Content-Length")).hasValue(zipped.body().length);
        assertThat(zipped.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(new GZIPInputStream(new ByteArrayInputStream(zipped.body())).readAllBytes())
                .isEqualTo(plain.body());
        assertThat(zipped.body().length).isLessThan(plain.body().length / 3);

        jdbc.update(MISLAY + "gone = 0 WHERE gone IS NULL" + BEHIND, many[120].value());
        try {
            assertThatThrownBy(() -> bytes(address, "identity")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> bytes(address, "gzip")).isInstanceOf(IOException.class);
        } finally {
            jdbc.update(MISLAY + "gone = NULL WHERE gone = 0" + BEHIND, many[120].value());
        }
    }

    private HttpResponse<byte[]> bytes(String path, String encoding) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer test-search")
                .header("Accept", "application/fhir+ndjson")
                .header("Accept-Encoding", encoding)
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_file_that_nobody_published_is_not_found_and_one_of_an_edition_that_is_no_longer_kept_is_gone() {
        soleil.say(alice, "75011", in(0));
        awaitSlotsOf(alice, 1);
        String address = addressOf("75", "Slot");
        String old = reader.manifest().path("transactionTime").asText();

        for (String unknown : List.of("/1/75/Slot", "/x/75/Slot.ndjson", "/99999999999999/75/Slot.ndjson", "/1")) {
            HttpResponse<String> answer = platform.get("/fhir/$bulk-publish" + unknown);
            assertThat(answer.statusCode()).as(unknown).isEqualTo(404);
            assertThat(answer.body()).contains("OperationOutcome");
        }
        assertThat(platform.get("/fhir/$bulk-publish?_since=yesterday").statusCode())
                .isEqualTo(400);

        soleil.say(alice, "75011", in(0), in(15));
        awaitSlotsOf(alice, 2);
        for (String never : List.of("/98/Slot.ndjson", "/75/Patient.ndjson")) {
            assertThat(platform.get(address.replace("/75/Slot.ndjson", never)).statusCode())
                    .as(never)
                    .isEqualTo(404);
        }
        tables.removeReplacedBefore(Instant.now());

        HttpResponse<String> gone = platform.get(address);
        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(gone.body()).contains("OperationOutcome");
        assertThat(HubClient.json(platform.get("/fhir/$bulk-publish?_since=" + old))
                        .path("request")
                        .asText())
                .as("everything, for those who are too late")
                .doesNotContain("_since");
    }

    /** The database that made it was lost, and a backup restored. */
    @Test
    void whoever_has_an_edition_that_the_hub_does_not_know_is_given_everything() {
        soleil.say(alice, "75011", in(0));
        awaitSlotsOf(alice, 1);
        Instant known = Instant.parse(reader.manifest().path("transactionTime").asText());

        assertThat(HubClient.json(platform.get("/fhir/$bulk-publish?_since=" + known.plusMillis(1)))
                        .path("request")
                        .asText())
                .doesNotContain("_since");
    }

    @Test
    void an_instant_that_no_manifest_has_is_refused() {
        for (String instant : List.of("yesterday", "%2B999999999-12-31T23:59:59Z", "-999999999-01-01T00:00:00Z")) {
            assertThat(platform.get("/fhir/$bulk-publish?_since=" + instant).statusCode())
                    .as(instant)
                    .isEqualTo(400);
        }
    }

    @Test
    void whoever_may_not_search_may_not_read_it() {
        HubClient portal = platform.as("test-portal");
        assertThat(portal.get("/fhir/$bulk-publish").statusCode()).isEqualTo(403);
        assertThat(platform.send(platform.request("/fhir/$bulk-publish").POST(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(platform.get("/fhir/metadata").body()).contains("OperationDefinition/bulk-publish");
    }

    /** Files of an edition are read at one node after the manifest at another. */
    @Test
    void any_node_answers_with_the_same_file() {
        soleil.say(alice, "75011", in(0));
        awaitSlotsOf(alice, 1);
        String address = addressOf("75", "Slot");
        try (Node node = Node.on(database, connectors).start()) {
            HubClient other = node.client();

            assertThat(other.get(address).body())
                    .isEqualTo(platform.get(address).body());
            await().untilAsserted(() -> {
                String here = platform.json("/fhir/$bulk-publish")
                        .path("transactionTime")
                        .asText();
                assertThat(other.json("/fhir/$bulk-publish")
                                .path("transactionTime")
                                .asText())
                        .isEqualTo(here);
            });
        }
    }
}
