package fr.sas.hub.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.changes.Position;
import fr.sas.hub.slot.PractitionerId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends is refused with the element at fault, or can be stored, shown and obeyed. */
class SubscriptionRulesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int PORT = 8089;
    private static final SubscriptionSettings SETTINGS =
            new SubscriptionSettings(List.of(URI.create("http://localhost:" + PORT)), Duration.ofSeconds(1), 3, 20);
    private static final PractitionerId ALICE =
            PractitionerId.parse("810001234567").orElseThrow();

    @Property
    void one_element_replaced_by_anything_is_refused_or_can_be_stored_and_shown(
            @ForAll("places") JsonPointer place, @ForAll("anything") JsonNode value) throws IOException {
        ObjectNode changed = rich();
        put(changed, place, value);

        SubscriptionDocument document;
        try {
            document = SubscriptionDocument.received(JSON.writeValueAsBytes(changed), SETTINGS);
        } catch (FhirRefusal refusal) {
            assertThat(refusal.status()).isBetween(400, 499);
            return;
        }

        SubscriptionDocument stored = SubscriptionDocument.stored(document.written());
        assertThat(document.shown(row(document)).path("resourceType").asText()).isEqualTo("Subscription");
        assertThat(stored.shown(row(stored))).isEqualTo(document.shown(row(document)));
        assertThat(SETTINGS.allows(stored.endpoint())).isTrue();
        Set<String> subjects = stored.subjects();
        assertThat(subjects == null || !subjects.isEmpty()).isTrue();
        assertThat(stored.headers()).allMatch(header -> header.contains(":"));
        Instant end = stored.endsAt();
        assertThat(end == null || InstantParameter.isStorable(end)).isTrue();
        assertThat(stored.content()).isNotNull();
    }

    @Provide
    Arbitrary<JsonPointer> places() {
        List<JsonPointer> places = new ArrayList<>();
        collect(rich(), JsonPointer.empty(), places);
        places.add(JsonPointer.compile("/modifierExtension"));
        places.add(JsonPointer.compile("/implicitRules"));
        places.add(JsonPointer.compile("/_end"));
        places.add(JsonPointer.compile("/channel/_header"));
        return Arbitraries.of(places);
    }

    private static void collect(JsonNode json, JsonPointer at, List<JsonPointer> places) {
        json.properties().forEach(field -> {
            places.add(at.appendProperty(field.getKey()));
            collect(field.getValue(), at.appendProperty(field.getKey()), places);
        });
        if (json instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                places.add(at.appendIndex(i));
                collect(array.get(i), at.appendIndex(i), places);
            }
        }
    }

    @Provide
    Arbitrary<JsonNode> anything() {
        Arbitrary<JsonNode> simple = Arbitraries.oneOf(
                Arbitraries.of(NODES.nullNode(), NODES.booleanNode(true), NODES.booleanNode(false)),
                Arbitraries.of(
                                "",
                                ",",
                                "x",
                                "Slot?",
                                "http://localhost:8089/a b",
                                "+999999999-12-31T23:59:59Z",
                                "\uD800")
                        .map(NODES::textNode),
                Arbitraries.strings().ofMaxLength(12).map(NODES::textNode),
                Arbitraries.longs().map(NODES::numberNode),
                Arbitraries.doubles().map(NODES::numberNode));
        return Arbitraries.lazyOf(() -> simple, () -> simple, () -> lists(simple), () -> objects(simple));
    }

    private static Arbitrary<JsonNode> lists(Arbitrary<JsonNode> of) {
        return of.list().ofMaxSize(3).map(items -> NODES.arrayNode().addAll(items));
    }

    private static Arbitrary<JsonNode> objects(Arbitrary<JsonNode> of) {
        return of.list().ofMaxSize(3).map(items -> {
            ObjectNode object = NODES.objectNode();
            List<String> names = List.of("extension", "url", "valueString");
            for (int i = 0; i < items.size(); i++) {
                object.set(names.get(i), items.get(i));
            }
            return object;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"x\"", "[]", "5", "{}", "null"})
    void meta_that_is_not_an_object_is_refused_by_its_name(String meta) {
        assertThat(refused("/meta", meta).expression()).isEqualTo("Subscription.meta");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "+999999999-12-31T23:59:59Z",
                "-999999999-01-01T00:00:00Z",
                "+294277-01-01T00:00:00Z",
                "-4713-01-01T00:00:00Z",
                "soon"
            })
    void an_end_that_nobody_can_store_is_refused(String end) {
        assertThat(refused("/end", "\"" + end + "\"").expression()).isEqualTo("Subscription.end");
    }

    @ParameterizedTest
    @CsvSource({"valueUnsignedInt,0", "valuePositiveInt,1"})
    void a_number_that_the_hub_would_read_as_another_is_refused(String type, int place) {
        for (String value : List.of("4294967297", "9999999999999", "1.5", "true", "0", "-1", "\"5\"")) {
            FhirRefusal refusal = refused("/channel/extension/" + place + "/" + type, value);

            assertThat(refusal.expression()).as(value).startsWith("Subscription.channel.extension");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {",", "", "810001234567,", ",810001234567"})
    void a_filter_without_an_identifier_is_refused(String identifiers) {
        assertThat(refused(
                                "/_criteria/extension/0/valueString",
                                "\"Slot?schedule.actor:Practitioner.identifier=" + identifiers + "\"")
                        .expression())
                .isEqualTo("Subscription.criteria.extension");
    }

    @ParameterizedTest
    @CsvSource({
        "/_criteria/extension, Subscription.criteria.extension",
        "/channel/extension, Subscription.channel.extension",
        "/channel/_payload/extension, Subscription.channel.payload.extension"
    })
    void an_extension_that_is_given_twice_or_that_the_hub_does_not_know_is_refused(String place, String element) {
        String first = rich().at(place + "/0").toString();

        assertThat(refused(place, "[" + first + "," + first + "]").expression()).isEqualTo(element);
        assertThat(refused(place, "[" + first + ",{\"url\": \"https://client.example/x\", \"valueBoolean\": true}]")
                        .expression())
                .isEqualTo(element);
    }

    @ParameterizedTest
    @CsvSource({"/channel/header, Subscription.channel.header", "/_criterai, Subscription._criterai"})
    void what_the_hub_would_pass_over_is_refused(String place, String element) {
        assertThat(refused(place, "\"X-Secret: of the receiver\"").expression()).isEqualTo(element);
    }

    @Test
    void the_example_of_the_documentation_is_accepted_in_the_demo() throws IOException {
        String page = Files.readString(Path.of("fhir-profiles/README.md"));
        String example = page.substring(page.indexOf("{\n  \"resourceType\": \"Subscription\""));
        SubscriptionSettings demo =
                new SubscriptionSettings(List.of(URI.create("http://127.0.0.1:9099")), Duration.ofSeconds(1), 3, 20);

        SubscriptionDocument document = SubscriptionDocument.received(
                example.substring(0, example.indexOf("'\n```")).getBytes(StandardCharsets.UTF_8), demo);

        assertThat(document.subjects()).hasSize(2);
        assertThat(document.heartbeat()).isEqualTo(60);
        assertThat(document.maxCount()).isEqualTo(100);
    }

    private static FhirRefusal refused(String place, String value) {
        try {
            ObjectNode changed = rich();
            put(changed, JsonPointer.compile(place), JSON.readTree(value));
            SubscriptionDocument.received(JSON.writeValueAsBytes(changed), SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (FhirRefusal refusal) {
            assertThat(refusal.status()).isEqualTo(422);
            return refusal;
        }
        throw new AssertionError(value + " is accepted at " + place);
    }

    private static void put(ObjectNode document, JsonPointer place, JsonNode value) {
        JsonNode parent = document.at(place.head());
        if (parent instanceof ObjectNode object) {
            object.set(place.last().getMatchingProperty(), value);
        } else if (parent instanceof ArrayNode array) {
            array.set(place.last().getMatchingIndex(), value);
        }
    }

    /** Every element that a Subscription may have. */
    private static ObjectNode rich() {
        try {
            ObjectNode document = (ObjectNode)
                    JSON.readTree(Receiver.document(PORT, "id-only", """
                    "extension": [
                      {"url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-heartbeat-period",
                       "valueUnsignedInt": 60},
                      {"url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-max-count",
                       "valuePositiveInt": 20}],""", ALICE).getBytes(StandardCharsets.UTF_8));
            document.setAll((ObjectNode) JSON.readTree("""
                    {"id": "mine", "meta": {"profile": ["https://client.example/p"], "tag": [{"code": "t"}]},
                     "language": "fr", "text": {"status": "generated", "div": "<div>x</div>"},
                     "contained": [{"resourceType": "Basic", "id": "b"}],
                     "extension": [{"url": "https://client.example/x", "valueString": "y"}],
                     "contact": [{"system": "phone", "value": "15"}],
                     "end": "2030-01-01T00:00:00Z", "error": "none"}"""));
            SubscriptionDocument.received(JSON.writeValueAsBytes(document), SETTINGS);
            return document;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SubscriptionRow row(SubscriptionDocument document) {
        return new SubscriptionRow(
                UUID.fromString("0b7e5c1e-2f83-4c7f-9d0a-3d2f5b0a1c11"),
                "client",
                document,
                "http://hub.example/fhir",
                null,
                null,
                null,
                SubscriptionRow.Status.REQUESTED,
                null,
                0,
                false,
                Position.of(1),
                0,
                null,
                false,
                null,
                null);
    }
}
