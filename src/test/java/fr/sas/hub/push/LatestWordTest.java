package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.Transaction;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of two versions the later one by the vendor's clock is in force, in whatever order they arrive. */
class LatestWordTest extends TwoDeliverers {

    @Test
    void the_same_word_again_is_the_same_however_finely_it_is_dated() {
        ObjectNode slot = at(Instant.parse("2026-01-01T10:00:00.1234567Z"), slot("s1", first));
        vendor.put(slot);

        assertThat(vendor.put(slot).body()).isEmpty();
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
}
