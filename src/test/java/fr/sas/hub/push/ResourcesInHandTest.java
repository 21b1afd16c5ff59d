package fr.sas.hub.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.HubTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** A delivery does not read from the database what it has just written, nor anything twice. */
@HubTest
class ResourcesInHandTest {

    private static final String SUBJECT = "810000041237";

    private final String vendor = "reads-once";
    private final Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Instant start = at.plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);

    @Autowired
    ResourceTables tables;

    @Autowired
    ScheduleTables schedules;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transactions;

    @AfterEach
    void forget() {
        tables.forget(vendor);
    }

    @Test
    void what_was_written_is_not_read() {
        List<ResourceTables.NewResourceState> written = List.of(schedule(), slot("one"));
        tables.write(vendor, written, at);

        long read = rowsRead(() -> {
            ResourcesInHand hand = new ResourcesInHand(vendor, tables);
            hand.wrote(written);
            return hand.contents(addresses(written));
        });

        assertThat(read).isZero();
    }

    @Test
    void what_is_asked_for_again_is_read_once() {
        List<ResourceTables.NewResourceState> written = List.of(schedule(), slot("one"));
        tables.write(vendor, written, at);

        assertThat(rowsRead(() -> readTwice(new ResourcesInHand(vendor, tables), written)))
                .isEqualTo(rowsRead(() -> new ResourcesInHand(vendor, tables).contents(addresses(written))));
    }

    private static Map<ResourceAddress, String> readTwice(
            ResourcesInHand hand, List<ResourceTables.NewResourceState> written) {
        hand.contents(addresses(written));
        return hand.contents(addresses(written));
    }

    @Test
    void what_was_deleted_is_not_there() {
        ResourceTables.NewResourceState slot = slot("one");
        tables.write(vendor, List.of(slot), at);
        ResourcesInHand hand = new ResourcesInHand(vendor, tables);
        hand.contents(addresses(List.of(slot)));
        hand.wrote(List.of(
                new ResourceTables.NewResourceState(slot.address(), 2, null, true, ResourceContent.gone(List.of()))));

        assertThat(hand.contents(addresses(List.of(slot)))).isEmpty();
        assertThat(hand.tree(slot.address())).isNull();
    }

    @Test
    void slots_that_were_written_at_the_same_instant_by_somebody_else_are_delivered_too() {
        tables.write(vendor, List.of(schedule(), slot("before")), at);
        schedules.belong(vendor, Map.of("s", Set.of(SUBJECT)));
        List<ResourceTables.NewResourceState> written = List.of(slot("now"));
        tables.write(vendor, written, at);
        ResourcesInHand hand = new ResourcesInHand(vendor, tables);
        hand.wrote(written);
        Window window = new Window(at, at.plus(Duration.ofDays(3)));

        byte[] bundle = SubjectSearchset.of(Set.of(SUBJECT), window, window, at, hand, schedules)
                .bundle(true, "http://vendor");

        assertThat(new String(Objects.requireNonNull(bundle), StandardCharsets.UTF_8))
                .contains("\"id\":\"now\"", "\"id\":\"before\"");
    }

    private ResourceTables.NewResourceState schedule() {
        return written("Schedule", "s", """
                {"resourceType":"Schedule","id":"s","actor":[{"identifier":
                {"system":"urn:oid:1.2.250.1.71.4.2.1","value":"%s"}}]}""".formatted(SUBJECT));
    }

    private ResourceTables.NewResourceState slot(String id) {
        return written("Slot", id, """
                {"resourceType":"Slot","id":"%s","schedule":{"reference":"Schedule/s"},"status":"free",
                "start":"%s","end":"%s"}""".formatted(id, start, start.plusSeconds(900)));
    }

    private ResourceTables.NewResourceState written(String type, String id, String json) {
        ResourceAddress address = new ResourceAddress(type, id);
        ObjectNode resource = (ObjectNode) PushJson.tree(json);
        return new ResourceTables.NewResourceState(
                address,
                1,
                null,
                false,
                ResourceContent.of(vendor, address, resource, ResourceContent.ComparableContent.of(resource)));
    }

    private static List<ResourceAddress> addresses(List<ResourceTables.NewResourceState> written) {
        return written.stream().map(ResourceTables.NewResourceState::address).toList();
    }

    private long rowsRead(Supplier<Map<ResourceAddress, String>> read) {
        return Objects.requireNonNull(transactions.execute(transaction -> {
            long before = rowsRead();
            assertThat(read.get()).hasSize(2);
            return rowsRead() - before;
        }));
    }

    private long rowsRead() {
        return jdbc.sql("""
                        SELECT coalesce(sum(seq_tup_read + coalesce(idx_tup_fetch, 0)), 0) FROM pg_stat_xact_user_tables
                        WHERE relname = 'push_resource'""").query(Long.class).single();
    }
}
