package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A patch changes what it says, when it says, or nothing (FHIR R4 §3.1.0.5, RFC 6902). */
class PatchesTest extends TwoDeliverers {

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
}
