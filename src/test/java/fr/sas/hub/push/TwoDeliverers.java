package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Two vendors that deliver slots of the same practitioner: what is written by one, and read by both. */
@HubTest
abstract class TwoDeliverers {

    static final String BEN = "899970000002";
    static final String SYSTEM = "https://vendor.example/slots";

    static final String ADDRESS = "https://fhir.push-b.example/r4";
    static final String SCHEDULE = BEN + "-1";

    final Instant first = Instant.now().plus(Duration.ofHours(3)).truncatedTo(ChronoUnit.MINUTES);

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    Deliverer vendor;
    Deliverer other;

    @BeforeEach
    void two_vendors_that_deliver() {
        Descriptor.of("push-b").mode("push").at(ADDRESS).roster(BEN).dropInto(connectors);
        Descriptor.of("push-c").mode("both").roster(BEN).dropInto(connectors);
        vendor = new Deliverer(port, "push-b").connected();
        other = new Deliverer(port, "push-c").connected();
        vendor.send(aTransaction()
                .putting(aBundle()
                        .with(aPractitioner(BEN, "PETIT", "Ben")
                                .at(aPlace("1750000022").address("2 rue des Tilleuls", "75002", "PARIS")))));
    }

    @AfterEach
    void they_leave() {
        Descriptor.of("push-b").removeFrom(connectors);
        Descriptor.of("push-c").removeFrom(connectors);
        await().until(() -> vendor.get("/Slot/nobody").statusCode() == 403);
        await().until(() -> other.get("/Slot/nobody").statusCode() == 403);
    }

    ObjectNode slot(String id, Instant start) {
        ObjectNode bundle = aBundle()
                .with(aPractitioner(BEN, "PETIT", "Ben")
                        .at(aPlace("1750000022"))
                        .slot(aVendorSlot().id(id).from(start)))
                .toNode();
        return (ObjectNode) bundle.at("/entry/0/resource");
    }

    ObjectNode identified(String id, String value, Instant start) {
        ObjectNode slot = slot(id, start);
        slot.putArray("identifier").addObject().put("system", SYSTEM).put("value", value);
        return slot;
    }

    /** The address of what has this identifier. */
    static String named(String value) {
        return "Slot?identifier=" + SYSTEM + "%7C" + value;
    }

    static ObjectNode at(Instant said, ObjectNode resource) {
        resource.withObject("/meta").put("lastUpdated", said.toString());
        return resource;
    }

    HttpResponse<String> patch(String address, String operations) {
        return vendor.send("PATCH", address, operations, "Content-Type", "application/json-patch+json");
    }

    static String etag(HttpResponse<String> answer) {
        return answer.headers().firstValue("ETag").orElse("");
    }

    static String expression(HttpResponse<String> answer) {
        return Deliverer.json(answer).at("/issue/0/expression/0").asText();
    }

    static ObjectNode patchOf(String operations) {
        return PushJson.MAPPER
                .createObjectNode()
                .put("resourceType", "Binary")
                .put("contentType", "application/json-patch+json")
                .put("data", Base64.getEncoder().encodeToString(operations.getBytes(StandardCharsets.UTF_8)));
    }

    static final String BUSY = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}]";

    /** The vendor's slot as it reads it, taken. */
    ObjectNode readAndTaken(String id) {
        return ((ObjectNode) Deliverer.json(vendor.get("/Slot/" + id))).put("status", "busy");
    }
}
