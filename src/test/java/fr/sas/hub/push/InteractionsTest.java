package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Transaction;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    void a_patch_changes_what_it_says() {
        vendor.put(slot("s1", first));
        String patch = "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}]";

        HttpResponse<String> answer =
                vendor.send("PATCH", "/Slot/s1", patch, "Content-Type", "application/json-patch+json");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(etag(answer)).isEqualTo("W/\"2\"");
        assertThat(vendor.found(BEN)).isEmpty();
        assertThat(vendor.send(
                                "PATCH",
                                "/Slot/s1",
                                "[{\"op\":\"test\",\"path\":\"/status\",\"value\":\"free\"}]",
                                "Content-Type",
                                "application/json-patch+json")
                        .statusCode())
                .isEqualTo(422);
        assertThat(vendor.send("PATCH", "/Slot/s1", patch, "Content-Type", "application/fhir+json")
                        .statusCode())
                .isEqualTo(415);
        assertThat(vendor.send("PATCH", "/Slot/never", patch, "Content-Type", "application/json-patch+json")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"copies of itself", "operations", "levels by moving", "levels at once", "values"})
    void a_patch_that_makes_much_of_little_is_refused_and_changes_nothing(String what) {
        vendor.put(slot("s1", first));
        String add = "{'op':'add','path':'/x','value':{'a':'http://x'}}";
        String operations = switch (what) {
            case "copies of itself" ->
                add + ",{'op':'copy','from':'/x','path':'/x/b'},{'op':'copy','from':'/x','path':'/x/c'}".repeat(11);
            case "operations" -> add + (",{'op':'replace','path':'/x/a','value':'y'}").repeat(1_000);
            case "levels by moving" ->
                add
                        + ",{'op':'move','from':'/x','path':'/y'},{'op':'add','path':'/x','value':{}}"
                                .concat(",{'op':'move','from':'/y','path':'/x/y'}")
                                .repeat(120);
            case "levels at once" -> "{'op':'add','path':'/x','value':" + "{'a':".repeat(150) + "1" + "}".repeat(151);
            default -> "{'op':'add','path':'/x','value':'" + "y".repeat(1 << 20) + "'}";
        };

        HttpResponse<String> answer = patch("/Slot/s1", ("[" + operations + "]").replace('\'', '"'));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.body())
                .containsAnyOf("at most 1048576 characters", "at most 1000 operations", "at most 100 levels");
        assertThat(etag(vendor.get("/Slot/s1"))).isEqualTo("W/\"1\"");
    }

    @Test
    void the_same_word_again_is_the_same_however_finely_it_is_dated() {
        ObjectNode slot = at(Instant.parse("2026-01-01T10:00:00.1234567Z"), slot("s1", first));
        vendor.put(slot);

        assertThat(vendor.put(slot).body()).isEmpty();
    }

    @Test
    void a_patch_counts_after_the_same_was_said_again_later() {
        Instant said = Instant.now().minusSeconds(7_200);
        vendor.put(at(said, slot("s1", first)));
        vendor.put(at(said.plusSeconds(3_600), slot("s1", first)));

        HttpResponse<String> answer =
                patch("/Slot/s1", "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}]");

        assertThat(answer.body()).isEmpty();
        assertThat(etag(answer)).isEqualTo("W/\"2\"");
        assertThat(vendor.found(BEN)).isEmpty();
        vendor.put(at(said.plusSeconds(1_800), slot("s1", first)));
        assertThat(vendor.found(BEN)).isEmpty();
    }

    @Test
    void a_patch_that_says_when_counts_from_then() {
        Instant said = Instant.now().minusSeconds(7_200);
        vendor.put(at(said, slot("s1", first)));
        vendor.put(at(said.plusSeconds(3_600), slot("s1", first)));
        String busy = "{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}";

        HttpResponse<String> late = patch(
                "/Slot/s1",
                "[" + busy + ",{\"op\":\"replace\",\"path\":\"/meta/lastUpdated\",\"value\":\"" + said + "\"}]");
        assertThat(late.body()).contains("Overtaken");
        assertThat(vendor.found(BEN)).containsExactly(first);

        patch(
                "/Slot/s1",
                "[" + busy + ",{\"op\":\"replace\",\"path\":\"/meta/lastUpdated\",\"value\":\""
                        + said.plusSeconds(5_400) + "\"}]");
        assertThat(vendor.found(BEN)).isEmpty();
        assertThat(vendor.put(at(said.plusSeconds(4_000), slot("s1", first))).body())
                .contains("Overtaken");
    }

    @Test
    void deleted_is_gone_and_may_come_back() {
        vendor.put(slot("s1", first));
        assertThat(vendor.send("DELETE", "/Slot/s1", null).statusCode()).isEqualTo(204);
        assertThat(vendor.found(BEN)).isEmpty();
        assertThat(vendor.get("/Slot/s1").statusCode()).isEqualTo(410);
        assertThat(vendor.send("DELETE", "/Slot/s1", null).statusCode()).isEqualTo(204);

        assertThat(vendor.put(slot("s1", first)).statusCode()).isEqualTo(201);
        assertThat(vendor.found(BEN)).containsExactly(first);
        assertThat(etag(vendor.get("/Slot/s1"))).isEqualTo("W/\"3\"");
    }

    private static String named(String value) {
        return "Slot?identifier=" + SYSTEM + "%7C" + value;
    }

    @Test
    void a_conditional_deletion_sent_again_changes_nothing() {
        String deletion = aTransaction()
                .delete(named("a"))
                .put(slot("s2", first))
                .saidAt(Instant.now())
                .toJson();
        vendor.put(at(Instant.now().minusSeconds(60), identified("s1", "a", first)));

        for (int time = 0; time < 3; time++) {
            HttpResponse<String> answer = vendor.send("POST", "", deletion);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("204 No Content");
        }
        assertThat(vendor.get("/Slot/s1").statusCode()).isEqualTo(410);
        assertThat(vendor.send("DELETE", "/" + named("never"), null).statusCode())
                .isEqualTo(204);
    }

    @Test
    void a_conditional_deletion_that_comes_before_what_it_deletes_is_remembered() {
        Instant said = Instant.now().minusSeconds(60);
        vendor.send(aTransaction().delete(named("a")).delete(named("b")).saidAt(said));

        vendor.put(at(said.minusSeconds(10), identified("s1", "a", first)));
        ObjectNode unnamed = at(said.minusSeconds(10), identified("x", "b", first.plusSeconds(900)));
        unnamed.remove("id");
        vendor.send("PUT", "/" + named("b"), unnamed.toString());
        assertThat(vendor.found(BEN)).isEmpty();

        vendor.put(at(said.plusSeconds(10), identified("s1", "a", first)));
        vendor.send("PUT", "/" + named("b"), at(said.plusSeconds(10), unnamed).toString());
        assertThat(vendor.found(BEN)).containsExactly(first, first.plusSeconds(900));
    }

    @Test
    void of_deletions_by_id_and_by_identifier_the_later_counts() {
        Instant said = Instant.now().minusSeconds(60);
        vendor.send(aTransaction().delete("Slot/s1").saidAt(said.minusSeconds(20)));
        vendor.send(aTransaction().delete(named("a")).saidAt(said));

        ObjectNode late = at(said.minusSeconds(10), identified("s1", "a", first));

        assertThat(vendor.put(late).body()).contains("Overtaken");
        assertThat(vendor.send("PUT", "/" + named("a"), late.toString()).body()).contains("Overtaken");
        assertThat(vendor.found(BEN)).isEmpty();
    }

    @Test
    void a_word_without_a_date_does_not_make_a_deletion_forgotten() {
        Instant said = Instant.now().minusSeconds(60);
        vendor.send(aTransaction().delete(named("a")).saidAt(said));
        vendor.put(identified("s1", "a", first));

        vendor.put(at(said.minusSeconds(10), identified("s1", "a", first.plusSeconds(60))));

        assertThat(vendor.found(BEN)).containsExactly(first);
    }

    @Test
    void what_was_deleted_by_its_id_does_not_come_back_by_its_identifier() {
        Instant said = Instant.now().minusSeconds(60);
        vendor.put(at(said, identified("s1", "a", first)));
        vendor.send(aTransaction().delete("Slot/s1").saidAt(said.plusSeconds(20)));
        ObjectNode late = at(said.plusSeconds(10), identified("x", "a", first));
        late.remove("id");

        assertThat(vendor.send("PUT", "/" + named("a"), late.toString()).body()).contains("Overtaken");
        assertThat(vendor.send("POST", "/Slot", late.toString(), "If-None-Exist", "identifier=" + SYSTEM + "|a")
                        .body())
                .contains("Overtaken");
        assertThat(vendor.found(BEN)).isEmpty();
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
    void a_word_older_by_the_vendors_clock_is_a_conflict_and_changes_nothing() {
        ObjectNode newer = slot("s1", first);
        ((ObjectNode) newer.get("meta"))
                .put("lastUpdated", first.minusSeconds(86_400).toString());
        ObjectNode older = slot("s1", first.plusSeconds(60));
        ((ObjectNode) older.get("meta"))
                .put("lastUpdated", first.minusSeconds(90_000).toString());
        vendor.put(newer);

        HttpResponse<String> answer = vendor.put(older);

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(Deliverer.json(answer).at("/issue/0/diagnostics").asText())
                .startsWith("Overtaken")
                .contains("version 1");
        assertThat(vendor.found(BEN)).containsExactly(first);
    }

    @Test
    void what_is_read_is_what_was_said_last_and_its_change_is_taken() {
        Instant said = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.MICROS);
        vendor.put(at(said, slot("s1", first)));
        vendor.put(at(said.plusSeconds(3_600), slot("s1", first)));

        ObjectNode read = readAndTaken("s1");
        assertThat(Instant.parse(read.at("/meta/lastUpdated").asText())).isEqualTo(said.plusSeconds(3_600));
        HttpResponse<String> repeated =
                vendor.send("PUT", "/Slot/s1", slot("s1", first).toString(), "Prefer", "return=representation");
        assertThat(Deliverer.json(repeated).at("/meta/lastUpdated").asText())
                .isEqualTo(read.at("/meta/lastUpdated").asText());

        assertThat(etag(vendor.put(read))).isEqualTo("W/\"2\"");
        assertThat(vendor.found(BEN)).isEmpty();
    }

    @Test
    void what_is_read_has_the_date_of_the_bundle_that_said_it_last() {
        Instant said = Instant.now().minusSeconds(7_200).truncatedTo(ChronoUnit.MICROS);
        vendor.send(aTransaction().put(slot("s1", first)).saidAt(said));
        vendor.send(aTransaction().put(slot("s1", first)).saidAt(Instant.now().plusSeconds(300)));

        HttpResponse<String> changed = vendor.put(readAndTaken("s1"));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(etag(changed)).isEqualTo("W/\"2\"");
        assertThat(vendor.found(BEN)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void a_change_of_the_version_in_force_is_never_overtaken(String method) {
        Instant said = Instant.now().minusSeconds(7_200);
        vendor.put(at(said, slot("s1", first)));
        for (String ifMatch : List.of("W/\"7\"", "W/\"1\"")) {
            Transaction change = aTransaction().saidAt(said.minusSeconds(60));
            switch (method) {
                case "PUT" ->
                    change.put(at(said.minusSeconds(60), slot("s1", first)).put("status", "busy"));
                case "PATCH" -> change.with("PATCH", "Slot/s1", patchOf(BUSY));
                default -> change.delete("Slot/s1");
            }
            HttpResponse<String> answer =
                    vendor.send("POST", "", change.request("ifMatch", ifMatch).toJson());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(ifMatch.contains("7") ? 412 : 200);
        }
        assertThat(vendor.found(BEN)).isEmpty();

        assertThat(vendor.put(at(said.minusSeconds(30), slot("s1", first))).statusCode())
                .as("the date before is known still")
                .isEqualTo(409);
    }

    /** RFC 6901 §3: a tilde is written ~0, a slash ~1, and nothing else follows a tilde. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','path':'/a~2b','value':1}",
                "{'op':'add','path':'/a~','value':1}",
                "{'op':'move','from':'/comment~','path':'/comment'}"
            })
    void a_patch_with_an_address_that_is_none_changes_nothing(String operation) {
        vendor.put(slot("s1", first));

        HttpResponse<String> refused = patch("/Slot/s1", "[" + operation.replace('\'', '"') + "]");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(vendor.get("/Slot/s1").body()).doesNotContain("~");
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
    void no_word_is_dated_into_the_future() {
        Instant soon = Instant.now().plusSeconds(900);
        vendor.put(slot("s1", first));

        HttpResponse<String> same = vendor.put(at(soon, slot("s1", first)));
        assertThat(same.statusCode()).as(same.body()).isEqualTo(422);
        assertThat(expression(same)).isEqualTo("Slot.meta.lastUpdated");
        ObjectNode sometime = slot("s1", first);
        sometime.withObject("/meta").put("lastUpdated", "soon");
        assertThat(vendor.put(sometime).statusCode()).isEqualTo(400);

        String deletion = aTransaction().saidAt(soon).delete("Slot/s1").toJson();
        HttpResponse<String> bundle = vendor.send("POST", "", deletion);
        assertThat(bundle.statusCode()).as(bundle.body()).isEqualTo(422);
        assertThat(expression(bundle)).isEqualTo("Bundle.timestamp");

        vendor.put(at(Instant.now(), slot("s1", first.plusSeconds(60))));
        assertThat(vendor.found(BEN)).containsExactly(first.plusSeconds(60));
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
            Descriptor.of("push-d").removeFrom(connectors);
        }
    }
}
