package fr.sas.hub.push;

import static fr.sas.hub.testing.Transaction.aTransaction;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is deleted stays deleted, whatever arrives late, until it is delivered again. */
class DeletionsTest extends TwoDeliverers {

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
}
