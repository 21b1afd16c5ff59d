package fr.sas.hub.hostile;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.AnAppointment;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorBundle;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/**
 * Every interaction of one vendor against everything of another: resources, appointments, practitioners, what the hub tells
 * of vendors. Whatever is answered, the other's own words and slots stay as they were, and nothing of them is read.
 */
@HubTest
class VendorAgainstVendorTest {

    private static final String BEN = "899970000052";
    private static final String SECRET = "Cabinet que seul push-b connait";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Instant first = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    private HubClient hub;
    private HubClient mine;
    private HubClient theirs;

    /** What the other vendor delivered, by address. */
    private final Map<String, JsonNode> delivered = new TreeMap<>();

    private AnAppointment declared;

    @BeforeEach
    void the_other_vendor_has_delivered_a_practitioner_with_two_slots_and_an_appointment() throws Exception {
        hub = HubClient.at(port);
        mine = hub.as("test-vendor-push-c");
        theirs = hub.as("test-vendor-push-b");
        Descriptor.of("push-b").mode("push").roster(BEN).dropInto(connectors);
        Descriptor.of("push-c").mode("push").roster("899970000053").dropInto(connectors);
        await().until(() -> Stream.of(mine, theirs)
                .allMatch(vendor -> vendor.get("/fhir/Slot/nobody").statusCode() == 404));
        VendorBundle bundle = aBundle()
                .with(aPractitioner(BEN, "PETIT", "Ben")
                        .at(aPlace("1750000022").address(SECRET, "75002", "PARIS"))
                        .slot(aVendorSlot().id("theirs-1").from(first))
                        .slot(aVendorSlot().id("theirs-2").from(first.plusSeconds(900))));
        assertThat(send(theirs, "POST", "", aTransaction().putting(bundle).toJson())
                        .statusCode())
                .isEqualTo(200);
        bundle.toNode().path("entry").forEach(entry -> {
            JsonNode resource = entry.path("resource");
            delivered.put(
                    "/" + resource.path("resourceType").asText() + "/"
                            + resource.path("id").asText(),
                    resource);
        });
        declared = AnAppointment.with(BEN, first.plusSeconds(3600)).identified("theirs");
        assertThat(send(theirs, "PUT", appointment("theirs"), declared.toString())
                        .statusCode())
                .isIn(200, 201);
        await().until(() -> free().size() == 2);
        assertThat(delivered).hasSizeGreaterThanOrEqualTo(4);
    }

    @AfterEach
    void both_leave() {
        Stream.of("push-b", "push-c").forEach(vendor -> Descriptor.of(vendor).removeFrom(connectors));
        await().until(() -> Stream.of(mine, theirs)
                .allMatch(vendor -> vendor.get("/fhir/Slot/nobody").statusCode() == 403));
    }

    @Test
    void nothing_that_one_vendor_does_changes_or_reads_what_another_delivered() {
        Map<String, String> before = whatTheyRead();
        List<String> told = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : delivered.entrySet()) {
            String address = each.getKey();
            ObjectNode changed = changed(each.getValue());
            String type = address.split("/")[1];
            told.add(body(mine, "GET", address, null));
            told.add(body(mine, "GET", address + "/_history/1", null));
            told.add(body(mine, "PATCH", address, "[{\"op\": \"remove\", \"path\": \"/meta\"}]"));
            told.add(body(mine, "DELETE", address, null));
            told.add(body(mine, "DELETE", "/" + type + "?_id=" + address.split("/")[2], null));
            told.add(body(mine, "DELETE", "/" + type + "?identifier=" + identifier(each.getValue()), null));
            told.add(body(mine, "PUT", "/" + type + "?identifier=" + identifier(each.getValue()), changed.toString()));
            told.add(body(mine, "POST", "/" + type, changed.toString()));
            told.add(body(mine, "PUT", address, changed.toString()));
            told.add(body(mine, "DELETE", address, null));
            told.add(body(mine, "POST", "", entry("PUT", address.substring(1), changed)));
            told.add(body(mine, "POST", "", entry("DELETE", address.substring(1), null)));
        }
        told.add(body(mine, "POST", "/Schedule/$confirm", "{\"resourceType\": \"Parameters\"}"));

        assertThat(whatTheyRead()).isEqualTo(before);
        assertThat(free()).containsExactly(first, first.plusSeconds(900));
        assertThat(told).noneMatch(text -> text.contains(SECRET) && !text.contains("mine-to-say"));
    }

    @Test
    void nothing_that_one_vendor_declares_cancels_or_reads_anothers_appointment_or_slot() {
        String before = body(theirs, "GET", appointment("theirs"), null);
        for (String status : List.of("cancelled", "booked", "fulfilled")) {
            send(mine, "PUT", appointment("theirs"), declared.status(status).toString());
            send(mine, "POST", "/Appointment", declared.toString());
            for (String slot : List.of("Slot/theirs-1", "Slot/theirs-2")) {
                send(
                        mine,
                        "PUT",
                        appointment("mine-" + slot.hashCode()),
                        AnAppointment.with(BEN, first)
                                .identified("mine-" + slot.hashCode())
                                .slot(slot)
                                .status(status)
                                .toString());
            }
        }
        send(mine, "DELETE", appointment("theirs"), null);

        assertThat(body(theirs, "GET", appointment("theirs"), null)).isEqualTo(before);
        assertThat(free()).containsExactly(first, first.plusSeconds(900));
    }

    @Test
    void what_the_hub_tells_and_does_for_a_vendor_is_closed_to_another() {
        String theirConnector = "/api/v1/connectors/push-b";
        for (String path : List.of("", "/rejections", "/scorecard", "/deliveries", "/explain")) {
            assertThat(mine.get(theirConnector + path).statusCode()).as(path).isIn(403, 404);
        }
        for (String path : List.of(
                "/check",
                "/pause",
                "/resume",
                "/trial",
                "/live",
                "/ask-now",
                "/forget-breaker",
                "/deliveries/replay")) {
            assertThat(mine.post(theirConnector + path, "{\"reason\": \"mine\"}")
                            .statusCode())
                    .as(path)
                    .isIn(403, 404);
        }
        assertThat(free()).containsExactly(first, first.plusSeconds(900));
    }

    private static ObjectNode changed(JsonNode resource) {
        ObjectNode changed = resource.deepCopy();
        changed.withObject("/meta").put("source", "mine-to-say");
        if (changed.has("start")) {
            changed.put("status", "busy");
        }
        return changed;
    }

    private static String identifier(JsonNode resource) {
        return resource.at("/identifier/0/system").asText("urn:x") + "%7C"
                + resource.at("/identifier/0/value").asText("x");
    }

    private static String appointment(String identifier) {
        return "/Appointment?identifier=" + AnAppointment.SYSTEM + "%7C" + identifier;
    }

    private static String entry(String method, String address, @Nullable JsonNode resource) {
        ObjectNode bundle =
                JSON.createObjectNode().put("resourceType", "Bundle").put("type", "batch");
        ObjectNode entry = bundle.putArray("entry").addObject();
        entry.putObject("request").put("method", method).put("url", address);
        if (resource != null) {
            entry.set("resource", resource);
        }
        return bundle.toString();
    }

    /** Their resources as they read them. */
    private Map<String, String> whatTheyRead() {
        Map<String, String> read = new TreeMap<>();
        delivered.keySet().forEach(address -> read.put(address, body(theirs, "GET", address, null)));
        assertThat(read.values()).allMatch(text -> text.contains("\"versionId\""));
        return read;
    }

    private List<Instant> free() {
        List<Instant> starts = new ArrayList<>();
        hub.json(HubClient.slotsOf(Instant.now(), BEN)).path("entry").forEach(entry -> {
            if (entry.at("/resource/resourceType").asText().equals("Slot")) {
                starts.add(java.time.OffsetDateTime.parse(
                                entry.at("/resource/start").asText())
                        .toInstant());
            }
        });
        return starts.stream().sorted().toList();
    }

    private static String body(HubClient vendor, String method, String path, @Nullable String body) {
        HttpResponse<String> answer = send(vendor, method, path, body);
        assertThat(answer.statusCode())
                .as("%s %s: %s", method, path, answer.body())
                .isLessThan(500);
        return answer.body();
    }

    private static HttpResponse<String> send(HubClient vendor, String method, String path, @Nullable String body) {
        return vendor.send(vendor.request("/fhir" + path)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header(
                        "Content-Type",
                        method.equals("PATCH") ? "application/json-patch+json" : "application/fhir+json"));
    }
}
