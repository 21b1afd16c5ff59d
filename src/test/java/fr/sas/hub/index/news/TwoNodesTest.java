package fr.sas.hub.index.news;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.SilentRelay;
import fr.sas.hub.vendor.Vendors;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** What changes on one node is answered by another that has the old answer in memory. */
@HubTest
class TwoNodesTest extends NodesOnOneDatabase {

    /**
     * Connections on which a node listens, by their last statement: it also looks whether it has heard of every node. Those that say so
     * again and again; the line that a relay keeps open for a node that has given it up does not.
     */
    private static final String LISTENING =
            "datname = current_database() AND (query LIKE 'LISTEN %' OR query LIKE '/* hub node */ %')"
                    + " AND state_change > now() - interval '15 seconds'";

    private static @Nullable Node secondNode;
    private static @Nullable SilentRelay relay;

    private final PractitionerId alice = Batches.newPractitioner();

    @Autowired
    JdbcTemplate jdbc;

    private HubClient other;

    @BeforeEach
    void another_node_on_the_same_database() {
        if (secondNode == null) {
            relay = new SilentRelay(database, "LISTEN hub_index");
            secondNode = Node.on(relay.address(), connectors)
                    .with("hub.index.listen-again-every=500ms")
                    .start();
        }
        Node node = secondNode;
        await().until(() -> node.bean(Vendors.class).find(SOLEIL).isPresent());
        await().until(() -> listeners() == 2);
        other = node.client();
    }

    @AfterAll
    static void one_node_leaves() {
        if (secondNode != null) {
            secondNode.close();
            secondNode = null;
        }
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }

    @Test
    void a_delivery_written_by_one_is_answered_by_the_other() {
        isShownBy(alice, other);

        index.replace(saying(now.plusMillis(1)).slot(in(1)).slot(in(2)).batch());
        soon().until(() -> slotsSeenByTheOther() == 2);
    }

    @Test
    void a_refusal_recorded_by_one_empties_the_answers_of_the_other() {
        isShownBy(alice, other);

        refuses(alice, events);
        soon().until(() -> slotsSeenByTheOther() == 0);
    }

    @Test
    void settings_changed_at_one_are_searched_by_and_read_at_the_other() {
        index.replace(saying(now).slot(in(1)).batch());
        String participants = HubClient.slotsOf(now, alice.value()) + "&participation=true";
        assertThat(other.json(participants).path("total").asInt()).isZero();

        HubClient.at(port).knows(alice.value());
        HubClient.json(HubClient.at(port).as("test-portal").put("/api/v1/practitioners/" + alice + "/settings", """
                        {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false,
                         "declaresTwoHours": true}"""));
        soon().until(() ->
                other.json(participants).findValuesAsText("valueCode").contains("practice"));
    }

    @Test
    void a_confirmation_heard_by_one_is_the_last_sync_at_the_other() {
        index.replace(saying(now.minusSeconds(120)).slot(in(1)).batch());
        String before = lastSyncAtTheOther();

        index.replace(saying(now).slot(in(1)).batch());
        soon().until(() -> !lastSyncAtTheOther().equals(before));
    }

    @Test
    void news_of_very_many_arrive_in_several_messages() {
        PractitionerId[] many = IntStream.range(0, 1_000)
                .mapToObj(i -> Batches.practitioner(90_000 + i))
                .toArray(PractitionerId[]::new);
        ScreenedBatchBuilder first = ScreenedBatchBuilder.by(SOLEIL, now, many).slot(in(1));
        index.replace(first.batch());
        assertThat(slotsSeenBy(other, many[0], many[999])).isEqualTo(2);

        index.replace(ScreenedBatchBuilder.by(SOLEIL, now.plusMillis(1), many).batch());
        soon().until(() -> slotsSeenBy(other, many[0], many[999]) == 0);
    }

    @Test
    void a_change_that_happens_while_a_node_is_deaf_is_answered_when_it_hears_again() {
        isShownBy(alice, other);

        jdbc.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE " + LISTENING, rs -> {});
        index.replace(saying(now.plusMillis(1)).batch());

        await().until(() -> slotsSeenByTheOther() == 0);
        await().until(() -> listeners() == 2);
    }

    /** Nobody closes the connection: no error tells the node that it has become deaf. */
    @Test
    void a_node_whose_connection_for_news_is_dead_but_open_says_so_and_believes_the_database_instead_of_its_memory() {
        SilentRelay line = Objects.requireNonNull(relay);
        isShownBy(alice, other);
        assertThat(readinessOf(other)).isEqualTo("UP");

        line.fallSilent();
        try {
            index.replace(saying(now.plusMillis(1)).batch());
            await().until(() -> readinessOf(other).equals("WARN"));
            await("what it holds counts no more").until(() -> slotsSeenByTheOther() == 0);
        } finally {
            line.speakAgain();
        }

        await().until(() -> readinessOf(other).equals("UP"));
        await().until(() -> slotsSeenByTheOther() == 0);
        index.replace(saying(now.plusMillis(2)).slot(in(3)).batch());
        soon().until(() -> slotsSeenByTheOther() == 1);
    }

    @Test
    void beside_a_node_with_another_setting_both_say_so_and_believe_the_database_until_it_has_gone()
            throws SQLException {
        isShownBy(alice, other);

        try (Connection stranger = connectionOfItsOwn();
                var statement = stranger.createStatement()) {
            statement.execute("SELECT pg_advisory_lock_shared(780078, 1)");
            await().until(() -> readinessOf(other).equals("WARN"));
            await("they stay where they are seen").until(() -> listeners() == 2);
            statement.execute("DELETE FROM index_slot WHERE subject = '" + alice + "'");
            statement.execute("UPDATE index_version SET version = version + 1 WHERE subject = '" + alice + "'");
            await().until(() -> slotsSeenByTheOther() == 0);
        }

        await().until(() -> readinessOf(other).equals("UP"));
    }

    private long listeners() {
        return jdbc.queryForObject("SELECT count(*) FROM pg_stat_activity WHERE " + LISTENING, Long.class);
    }

    private ScreenedBatchBuilder saying(Instant at) {
        return ScreenedBatchBuilder.by(SOLEIL, at, alice);
    }

    private int slotsSeenByTheOther() {
        return slotsSeenBy(other, alice);
    }

    private String lastSyncAtTheOther() {
        return other.json(HubClient.slotsOf(now, alice.value()))
                .findValuesAsText("valueDateTime")
                .getFirst();
    }
}
