package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.SharedAddress;
import fr.sas.hub.testing.Standby;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A standby takes over while the old primary still runs, and still has the connection on which a node listens to others. */
class AnotherDatabaseAnswersTest {

    private static final String LISTENS = "(query LIKE 'LISTEN %' OR query LIKE '/* hub node */ %')";

    @TempDir
    Path connectors;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();

    @Test
    void what_a_node_holds_in_memory_of_the_old_one_counts_no_more_and_it_listens_to_the_new_one() {
        try (StoppableDatabase old = new StoppableDatabase();
                Standby standby = old.standby();
                SharedAddress shared = new SharedAddress(old.address());
                Node node = Node.on(shared.address(), connectors)
                        .with("hub.index.listen-again-every=10m")
                        .start()) {
            LiveVendors.areIn(connectors, node.bean(Vendors.class));
            node.bean(AvailabilityIndex.class)
                    .replace(ScreenedBatchBuilder.by(SOLEIL, now, alice)
                            .slot(now.plus(Duration.ofHours(1)))
                            .batch());
            assertThat(slots(node)).isEqualTo(1);
            patiently()
                    .until(() -> standby.execute("SELECT count(*) FROM index_slot WHERE subject = '" + alice + "'")
                            .equals("1"));
            standby.promote();
            patiently()
                    .until(() -> standby.execute("SELECT pg_is_in_recovery()").equals("f"));
            standby.execute("WITH gone AS (DELETE FROM index_ready RETURNING subject) SELECT count(*) FROM gone");
            standby.execute("WITH gone AS (DELETE FROM index_slot RETURNING subject) SELECT count(*) FROM gone");
            assertThat(slots(node)).as("from memory").isEqualTo(1);

            shared.newConnectionsLeadTo(standby.address());
            new JdbcTemplate(new DriverManagerDataSource(old.address()))
                    .query(
                            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend'"
                                    + " AND pid <> pg_backend_pid() AND NOT " + LISTENS,
                            row -> {});

            patiently().ignoreExceptions().until(() -> slots(node) == 0);
            patiently()
                    .until(() -> standby.execute("SELECT count(*) FROM pg_stat_activity WHERE " + LISTENS
                                    + " AND pid <> pg_backend_pid()")
                            .equals("1"));
        }
    }

    private int slots(Node node) {
        return node.client()
                .json(HubClient.slotsOf(now, alice.value()))
                .path("total")
                .asInt();
    }

    /** A server takes over meanwhile. */
    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofSeconds(60));
    }
}
