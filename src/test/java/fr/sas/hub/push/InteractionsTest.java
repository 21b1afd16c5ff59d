package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** Each interaction as FHIR R4 §3.1 has it: what changes, what is answered, and which element is to blame. */
class InteractionsTest extends TwoDeliverers {

    @Test
    void put_creates_then_updates_and_counts_versions() {
        HttpResponse<String> created = vendor.put(slot("s1", first));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(etag(created)).isEqualTo("W/\"1\"");
        assertThat(created.headers().firstValue("Location").orElse("")).endsWith("/fhir/Slot/s1/_history/1");

        HttpResponse<String> updated = vendor.put(slot("s1", first.plusSeconds(600)));
        assertThat(updated.statusCode()).isEqualTo(200);
        assertThat(etag(updated)).isEqualTo("W/\"2\"");
        assertThat(vendor.found(BEN)).containsExactly(first.plusSeconds(600));
        JsonNode read = Deliverer.json(vendor.get("/Slot/s1"));
        assertThat(read.at("/meta/versionId").asText()).isEqualTo("2");
    }

    @Test
    void post_creates_and_the_same_request_again_creates_nothing_more() {
        ObjectNode slot = slot("ignored", first);
        slot.remove("id");
        HttpResponse<String> created = vendor.send("POST", "/Slot", slot.toString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);

        assertThat(vendor.send("POST", "/Slot", slot.toString()).statusCode()).isEqualTo(200);
        assertThat(vendor.found(BEN)).containsExactly(first);
    }

    @Test
    void a_create_sent_again_does_not_undo_what_came_after() {
        ObjectNode slot = slot("ignored", first);
        slot.remove("id");
        String location = vendor.send("POST", "/Slot", slot.toString())
                .headers()
                .firstValue("Location")
                .orElseThrow();
        String id = location.replaceFirst(".*/Slot/", "").replaceFirst("/_history.*", "");
        vendor.put(slot(id, first.plusSeconds(60)));

        assertThat(vendor.send("POST", "/Slot", slot.toString()).statusCode()).isEqualTo(200);
        assertThat(vendor.found(BEN)).containsExactly(first.plusSeconds(60));
    }

    @Test
    void the_resource_comes_back_when_it_is_asked_for() {
        String body = slot("s1", first).toString();

        HttpResponse<String> answer = vendor.send("PUT", "/Slot/s1", body, "Prefer", "return=representation");

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(Deliverer.json(answer).at("/meta/versionId").asText()).isEqualTo("1");
    }

    @Test
    void a_text_that_no_database_keeps_is_refused() {
        ObjectNode slot = slot("s1", first);
        slot.put("comment", "a\0b");

        assertThat(vendor.put(slot).statusCode()).isEqualTo(400);
    }

    @Test
    void a_conditional_create_finds_what_is_there() {
        vendor.put(identified("s1", "a", first));
        ObjectNode again = identified("ignored", "a", first.plusSeconds(60));

        HttpResponse<String> answer =
                vendor.send("POST", "/Slot", again.toString(), "If-None-Exist", "identifier=" + SYSTEM + "|a");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(vendor.found(BEN)).containsExactly(first);
    }

    @Test
    void a_conditional_update_creates_updates_and_refuses_what_is_ambiguous() {
        String query = "/Slot?identifier=" + SYSTEM.replace(":", "%3A") + "%7Ca";
        ObjectNode slot = identified("x", "a", first);
        slot.remove("id");
        assertThat(vendor.send("PUT", query, slot.toString()).statusCode()).isEqualTo(201);
        slot.put("start", first.plusSeconds(60).toString());
        assertThat(vendor.send("PUT", query, slot.toString()).statusCode()).isEqualTo(200);
        assertThat(vendor.found(BEN)).containsExactly(first.plusSeconds(60));

        vendor.put(identified("another", "a", first.plusSeconds(3600)));
        assertThat(vendor.send("PUT", query, slot.toString()).statusCode()).isEqualTo(412);

        ObjectNode without = slot("y", first);
        without.remove("id");
        HttpResponse<String> answer = vendor.send("PUT", "/Slot?identifier=" + SYSTEM + "%7Cb", without.toString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(expression(answer)).isEqualTo("Slot.identifier");
    }

    @Test
    void a_conditional_update_creates_under_the_id_of_the_resource_and_never_renames() {
        HttpResponse<String> created = vendor.send(
                "PUT", "/" + named("a"), identified("s1", "a", first).toString());
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location").orElse("")).endsWith("/fhir/Slot/s1/_history/1");
        assertThat(vendor.send(
                                "PUT",
                                "/" + named("a"),
                                identified("s1", "a", first.plusSeconds(60)).toString())
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> renamed = vendor.send(
                "PUT", "/" + named("a"), identified("s2", "a", first).toString());
        assertThat(renamed.statusCode()).isEqualTo(400);
        assertThat(expression(renamed)).isEqualTo("Slot.id");
        HttpResponse<String> impossible = vendor.send(
                "PUT", "/" + named("b"), identified("s 3", "b", first).toString());
        assertThat(impossible.statusCode()).isEqualTo(400);
        assertThat(expression(impossible)).isEqualTo("Slot.id");
        assertThat(vendor.found(BEN)).containsExactly(first.plusSeconds(60));
    }

    @Test
    void if_match_of_another_version_changes_nothing() {
        vendor.put(slot("s1", first));
        String body = slot("s1", first.plusSeconds(60)).toString();

        assertThat(vendor.send("PUT", "/Slot/s1", body, "If-Match", "W/\"7\"").statusCode())
                .isEqualTo(412);
        assertThat(vendor.send("DELETE", "/Slot/s1", null, "If-Match", "W/\"7\"")
                        .statusCode())
                .isEqualTo(412);
        assertThat(vendor.found(BEN)).containsExactly(first);
        assertThat(vendor.send("PUT", "/Slot/s1", body, "If-Match", "W/\"1\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void a_fault_is_told_with_its_element() {
        ObjectNode backwards = slot("s1", first);
        backwards.put("end", first.minusSeconds(60).toString());
        HttpResponse<String> answer = vendor.put(backwards);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(expression(answer)).isEqualTo("Slot.end");

        ObjectNode nowhere = slot("s1", first);
        nowhere.remove("schedule");
        assertThat(expression(vendor.put(nowhere))).isEqualTo("Slot.schedule.reference");

        ObjectNode unreadable = slot("s1", first);
        unreadable.put("start", "tomorrow");
        assertThat(vendor.put(unreadable).statusCode()).isEqualTo(400);

        ObjectNode future = slot("s1", first);
        ((ObjectNode) future.get("meta")).put("lastUpdated", "2199-01-01T00:00:00Z");
        assertThat(expression(vendor.put(future))).isEqualTo("Slot.meta.lastUpdated");

        assertThat(vendor.send("PUT", "/Slot/s1", "{\"resourceType\":\"Slot\"").statusCode())
                .isEqualTo(400);
        assertThat(vendor.send("PUT", "/Slot/s2", slot("s1", first).toString()).statusCode())
                .isEqualTo(400);
        assertThat(vendor.found(BEN)).isEmpty();
    }

    @Test
    void what_a_slot_depends_on_may_change_or_go() {
        vendor.put(slot("s1", first));
        ObjectNode practitioner = (ObjectNode) Deliverer.json(vendor.get("/Practitioner/p" + BEN));
        ((ObjectNode) practitioner.at("/name/0")).put("family", "LEGRAND");
        vendor.put(practitioner);
        assertThat(vendor.search(BEN).toString()).contains("LEGRAND").doesNotContain("PETIT");

        vendor.send("DELETE", "/Schedule/" + BEN + "-1", null);
        assertThat(vendor.found(BEN)).isEmpty();
    }

    @Test
    void another_vendors_resources_are_unknown_and_stay_untouched() {
        vendor.put(slot("s1", first));

        assertThat(other.get("/Slot/s1").statusCode()).isEqualTo(404);
        other.send("DELETE", "/Slot/s1", null);
        assertThat(other.send(
                                "PATCH",
                                "/Slot/s1",
                                "[{\"op\":\"remove\",\"path\":\"/status\"}]",
                                "Content-Type",
                                "application/json-patch+json")
                        .statusCode())
                .isEqualTo(404);
        assertThat(other.put(slot("s1", first.plusSeconds(60))).statusCode()).isEqualTo(201);
        assertThat(other.found(BEN)).containsExactly(first);
        assertThat(etag(vendor.get("/Slot/s1"))).isEqualTo("W/\"1\"");
    }

    @Test
    void only_vendors_deliver_and_only_those_who_may() {
        HubClient hub = HubClient.at(port);
        assertThat(hub.as("test-ops").post("/fhir", aTransaction().toJson()).statusCode())
                .isEqualTo(403);
        assertThat(hub.put("/fhir/Slot/s1", slot("s1", first).toString()).statusCode())
                .isEqualTo(403);

        Descriptor.of("push-d").roster(BEN).dropInto(connectors);
        try {
            Deliverer asked = new Deliverer(port, "push-d");
            await().untilAsserted(() -> {
                HttpResponse<String> answer = asked.put(slot("s1", first));
                assertThat(answer.statusCode()).isEqualTo(403);
                assertThat(answer.body()).contains("mode: pull");
            });
            Descriptor.of("push-d").mode("push").status("paused").dropInto(connectors);
            await().untilAsserted(() -> {
                HttpResponse<String> answer = asked.put(slot("s1", first));
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            });
        } finally {
            Descriptor.of("push-d").leaves(connectors, port);
        }
    }
}
