package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aBatch;
import static fr.sas.hub.testing.Transaction.aTransaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Transaction;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many resources in one request: entries of a batch stand for themselves, a transaction is all or nothing. */
class BundlesTest extends TwoDeliverers {

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "PATCH", "DELETE"})
    void what_is_overtaken_is_refused_alone_in_a_batch_and_with_everything_in_a_transaction(String method) {
        Instant said = Instant.now().minusSeconds(7_200);
        vendor.put(at(said, slot("s1", first)));
        for (boolean atomic : List.of(true, false)) {
            Transaction change = (atomic ? aTransaction() : aBatch()).saidAt(said.minusSeconds(60));
            change.put(at(said, slot("s2", first.plusSeconds(900))));
            switch (method) {
                case "PUT" ->
                    change.put(at(said.minusSeconds(60), slot("s1", first)).put("status", "busy"));
                case "PATCH" -> change.with("PATCH", "Slot/s1", patchOf(BUSY));
                default -> change.delete("Slot/s1");
            }
            HttpResponse<String> answer = vendor.send("POST", "", change.toJson());
            if (atomic) {
                assertThat(answer.statusCode()).isEqualTo(409);
                assertThat(expression(answer)).startsWith("Bundle.entry[1]");
                assertThat(vendor.found(BEN)).containsExactly(first);
            } else {
                assertThat(Deliverer.json(answer).at("/entry/1/response/status").asText())
                        .isEqualTo("409 Conflict");
                assertThat(vendor.found(BEN)).containsExactly(first, first.plusSeconds(900));
            }
        }
        assertThat(vendor.put(at(said.minusSeconds(60), slot("s1", first))).statusCode())
                .as("the same from before loses nothing")
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'request':{'method':'PUT','url':'Slot/a_b'},'resource':{'resourceType':'Slot','id':'a_b'}}",
                "{'request':{'method':'PUT','url':'Slot/x'},'resource':{'resourceType':'Location','id':'x'}}",
                "{'request':{'method':'PUT','url':'Slot/x'},'resource':{'resourceType':'Slot','id':'y'}}",
                "{'request':{'method':'PUT','url':'Patient/x'},'resource':{'resourceType':'Patient','id':'x'}}",
                "{'request':{'method':'PUT','url':'Slot/x'}}",
                "{'request':{'method':'PUT'},'resource':{'resourceType':'Slot','id':'x'}}",
                "{'resource':{'resourceType':'Slot','id':'x'}}",
                "{'request':{'method':'GET','url':'Slot?start=ge2026'}}",
                "{'request':{'method':'DELETE','url':'Slot?identifier=%zz|1'}}",
                "{'request':{'method':'FLY','url':'Slot/x'}}",
                "{'modifierExtension':[{'url':'http://x'}],'request':{'method':'DELETE','url':'Slot/s1'}}",
                "{'request':{'modifierExtension':[{'url':'http://x'}],'method':'DELETE','url':'Slot/s1'}}",
                "{'request':{'method':'POST','url':'Slot/x'},'resource':{'resourceType':'Slot'}}",
                "{'request':{'method':'PATCH','url':'Slot/s1'},'resource':{'resourceType':'Patient'}}",
                "{'request':{'method':'PATCH','url':'Slot/s1'},'resource':{'resourceType':'Binary',"
                        + "'contentType':'application/json-patch+json','data':'W3sib3AiOjUsInBhdGgiOltdfV0='}}",
                "{'request':{'method':'PUT','url':'Location/x'},'resource':{'resourceType':'Location','id':'x',"
                        + "'managingOrganization':{'reference':'Organization?identifier=%zz'}}}",
                "{'request':{'method':'PUT','url':'Practitioner/x'},'resource':{'resourceType':'Practitioner','id':'x',"
                        + "'name':[{'family':'A\\u0000B'}]}}",
                "{'request':{'method':'PUT','url':'Practitioner/x'},'resource':{'resourceType':'Practitioner','id':'x',"
                        + "'name':[{'family':'A\\ud800B'}]}}",
                "{'request':{'method':'PUT','url':'Practitioner/x'},'resource':{'resourceType':'Practitioner','id':'x',"
                        + "'name':[{'family':'A\\u0001B'}]}}",
                "{'request':{'method':'PUT','url':'Practitioner/x'},'resource':{'resourceType':'Practitioner','id':'x',"
                        + "'a\\u0000b':'c'}}",
                "{'request':{'method':'PUT','url':'Practitioner/x'},'resource':{'resourceType':'Practitioner','id':'x',"
                        + "'identifier':[{'system':'s','value':'\\udc00'}]}}",
                "{'request':{'method':'PUT','url':'Practitioner?identifier=s%7C\\ud800'},"
                        + "'resource':{'resourceType':'Practitioner'}}",
                "{'request':{'method':'POST','url':'Practitioner','ifNoneExist':'identifier=s|\\ud800'},"
                        + "'resource':{'resourceType':'Practitioner'}}",
                "{'request':{'method':'PUT','url':'Location/x'},'resource':{'resourceType':'Location','id':'x',"
                        + "'managingOrganization':{'reference':'Organization?identifier=s|\\ud800'}}}",
                "{'request':{'method':'PUT','url':'Location/x'},'resource':{'resourceType':'Location','id':'x',"
                        + "'extension':[null]}}",
                "{'request':{'method':'PUT','url':'Location/x'},'resource':{'resourceType':'Location','id':'x',"
                        + "'name':'x','modifierExtension':[[{'url':'http://x'}]]}}",
                "{'request':{'method':'PUT','url':'Location/x'},'resource':{'resourceType':'Location','id':'x',"
                        + "'status':'active','_status':{'extension':['x']}}}",
                "{'request':{'method':'PUT','url':'Location/x'},'resource':{'resourceType':'Location','id':'x',"
                        + "'address':{'extension':[5]}}}",
                "{'request':{'method':'PUT','url':'Location/x'},'resource':{'resourceType':'Location','id':'x',"
                        + "'position':{'longitude':1,'latitude':'1e999'}}}",
                "null",
                "5",
                "[]"
            })
    void a_bad_entry_of_a_batch_costs_itself(String bad) {
        String batch = "{'resourceType':'Bundle','type':'batch','entry':[{'request':{'method':'PUT','url':'Slot/s1'},"
                + "'resource':" + slot("s1", first) + "}," + bad + ",{'request':{'method':'PUT','url':'Slot/s2'},"
                + "'resource':" + slot("s2", first.plusSeconds(900)) + "}]}";

        HttpResponse<String> refused =
                vendor.send("POST", "", batch.replace('\'', '"').replace("\"batch\"", "\"transaction\""));
        assertThat(refused.statusCode()).as(refused.body()).isBetween(400, 499);
        assertThat(vendor.found(BEN)).isEmpty();

        HttpResponse<String> answer = vendor.send("POST", "", batch.replace('\'', '"'));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode entries = Deliverer.json(answer).path("entry");
        assertThat(entries).hasSize(3);
        assertThat(entries.get(1).at("/response/status").asText()).startsWith("4");
        assertThat(entries.get(1).at("/response/outcome/issue/0/diagnostics").asText())
                .isNotBlank();
        assertThat(vendor.found(BEN)).containsExactly(first, first.plusSeconds(900));
    }

    @Test
    void a_search_in_a_batch_is_refused_as_what_it_is_and_costs_itself() {
        HttpResponse<String> answer = vendor.send(
                "POST",
                "",
                ("{'resourceType':'Bundle','type':'batch','entry':[{'request':{'method':'GET','url':'Slot?status=free'}},"
                                + "{'request':{'method':'PUT','url':'Slot/s1'},'resource':" + slot("s1", first) + "}]}")
                        .replace('\'', '"'));

        JsonNode entries = Deliverer.json(answer).path("entry");
        assertThat(entries.at("/0/response/status").asText()).startsWith("400");
        assertThat(entries.at("/0/response/outcome/issue/0/diagnostics").asText())
                .contains("send a search as a separate request");
        assertThat(vendor.found(BEN)).containsExactly(first);
    }

    @Test
    void a_bundle_of_rules_that_nobody_here_knows_is_refused() {
        String batch =
                "{'resourceType':'Bundle','type':'batch','implicitRules':'https://vendor.example/deletes-what-it-names',"
                        + "'entry':[{'request':{'method':'PUT','url':'Slot/s1'},'resource':" + slot("s1", first)
                        + "}]}";

        HttpResponse<String> refused = vendor.send("POST", "", batch.replace('\'', '"'));

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("Bundle.implicitRules");
        assertThat(vendor.found(BEN)).isEmpty();
    }

    /** Longer than what the database looks up, and nothing that compresses. */
    private static String longText() {
        return new Random(7)
                .ints(1_500, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void what_is_too_long_to_be_looked_up_costs_itself() {
        ObjectNode named = PushJson.MAPPER
                .createObjectNode()
                .put("resourceType", "Location")
                .put("id", "l1");
        named.putArray("identifier").addObject().put("system", "s").put("value", longText());
        ObjectNode referring = PushJson.MAPPER
                .createObjectNode()
                .put("resourceType", "Location")
                .put("id", "l2");
        referring.putObject("managingOrganization").put("reference", "Organization/" + longText());
        ObjectNode lost = slot("s2", first);
        lost.putObject("schedule").put("reference", "Schedule/" + longText());

        assertThat(vendor.send(aBatch().put(named)
                        .put(referring)
                        .put(lost)
                        .delete("Location?identifier=s|" + longText())
                        .put(slot("s1", first))))
                .containsExactly(
                        "400 Bad Request", "201 Created", "422 Unprocessable Entity", "400 Bad Request", "201 Created");
        assertThat(vendor.found(BEN)).containsExactly(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_history/1",
                "absolute",
                "absolute, versioned",
                "on the hub",
                "on the hub, versioned",
                "as it was called",
                "as it was called, versioned"
            })
    void what_was_delivered_earlier_is_found_however_it_is_referred_to(String how) {
        Transaction called = aTransaction();
        JsonNode schedule = Deliverer.json(vendor.get("/Schedule/" + SCHEDULE));
        called.put(schedule).called("https://fhir.ben.example/v4/Schedule/" + SCHEDULE);
        vendor.send(called);
        String before = how.startsWith("absolute")
                ? ADDRESS + "/"
                : how.startsWith("on the hub")
                        ? "http://localhost:" + port + "/fhir/"
                        : how.startsWith("as it was called") ? "https://fhir.ben.example/v4/" : "";
        ObjectNode slot = slot("s1", first);
        slot.putObject("schedule")
                .put(
                        "reference",
                        before + "Schedule/" + SCHEDULE
                                + (how.contains("version") || before.isEmpty() ? "/_history/1" : ""));

        HttpResponse<String> answer = vendor.put(slot);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(vendor.found(BEN)).containsExactly(first);
        assertThat(Deliverer.json(vendor.get("/Slot/s1"))
                        .at("/schedule/reference")
                        .asText())
                .isEqualTo("Schedule/" + SCHEDULE);
        assertThat(vendor.send("POST", "/$confirm", """
                        {"resourceType": "Parameters", "parameter": [{"name": "resource", "valueReference":
                         {"reference": "%s"}}]}""".formatted(
                                        slot.at("/schedule/reference").asText()))
                        .body())
                .contains("\"subjects\",\"valueInteger\":1");
    }

    @Test
    void a_transaction_is_all_or_nothing_and_names_the_entry() {
        ObjectNode bad = slot("s2", first.plusSeconds(1800));
        bad.put("status", "perhaps");

        HttpResponse<String> answer = vendor.send(
                "POST", "", aTransaction().put(slot("s1", first)).put(bad).toJson());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(expression(answer)).startsWith("Bundle.entry[1].resource");
        assertThat(vendor.get("/Slot/s1").statusCode()).isEqualTo(404);
    }

    @Test
    void a_batch_goes_entry_by_entry() {
        ObjectNode bad = slot("s2", first.plusSeconds(1800));
        bad.remove("end");
        String patch = Base64.getEncoder()
                .encodeToString("[{\"op\":\"replace\",\"path\":\"/comment\",\"value\":\"x\"}]".getBytes());
        ObjectNode binary = slot("x", first).removeAll();
        binary.put("resourceType", "Binary")
                .put("contentType", "application/json-patch+json")
                .put("data", patch);

        assertThat(vendor.send(aBatch().put(slot("s1", first))
                        .put(bad)
                        .with("PATCH", "Slot/s1", binary)
                        .delete("Slot/never")))
                .containsExactly(
                        "201 Created", "422 Unprocessable Entity", "422 Unprocessable Entity", "204 No Content");
        assertThat(vendor.found(BEN)).containsExactly(first);
    }

    @Test
    void references_within_a_transaction_and_conditional_ones_are_resolved() {
        ObjectNode practitioner = slot("x", first).removeAll();
        practitioner.put("resourceType", "Practitioner");
        practitioner
                .putArray("identifier")
                .addObject()
                .put("system", "urn:oid:1.2.250.1.71.4.2.1")
                .put("value", BEN);
        ObjectNode schedule = slot("x", first).removeAll();
        schedule.put("resourceType", "Schedule");
        schedule.putArray("actor").addObject().put("reference", "urn:uuid:7f3b8c5e-4c3c-4c70-9a39-54be8f4f4f01");
        schedule.withArray("actor").addObject().put("reference", "PractitionerRole/role-" + BEN + "-1");
        ObjectNode slot = slot("x", first);
        slot.remove("id");
        slot.withObject("/schedule").put("reference", "urn:uuid:7f3b8c5e-4c3c-4c70-9a39-54be8f4f4f02");
        var transaction = aTransaction()
                .with("POST", "Slot", slot)
                .with("POST", "Schedule", schedule)
                .called("urn:uuid:7f3b8c5e-4c3c-4c70-9a39-54be8f4f4f02")
                .with("POST", "Practitioner", practitioner)
                .called("urn:uuid:7f3b8c5e-4c3c-4c70-9a39-54be8f4f4f01")
                .request("ifNoneExist", "identifier=urn:oid:1.2.250.1.71.4.2.1|" + BEN);

        assertThat(vendor.send(transaction)).containsExactly("201 Created", "201 Created", "200 OK");
        assertThat(vendor.found(BEN)).containsExactly(first);

        ObjectNode conditional = slot("other", first.plusSeconds(1800));
        conditional.withObject("/schedule").put("reference", "Schedule?identifier=https://none.example|1");
        HttpResponse<String> answer =
                vendor.send("POST", "", aTransaction().put(conditional).toJson());
        assertThat(answer.statusCode()).isEqualTo(412);
        assertThat(expression(answer)).isEqualTo("Bundle.entry[0].resource.schedule.reference");
    }
}
