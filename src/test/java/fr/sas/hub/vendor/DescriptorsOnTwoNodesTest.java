package fr.sas.hub.vendor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Node;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.JdbcTemplate;

/** Nodes that do not have the same descriptors, as it is while a deployment goes from node to node. */
@HubTest
class DescriptorsOnTwoNodesTest {

    private static final Source VENDOR = new Source("deux-dossiers");
    private static final String ONLY_THERE = "dossier-ancien";
    /** A node that has a file counts so six times while one that has none waits for it to leave. */
    private static final int COUNTS_UNTIL_GONE = 7;

    @Value("${spring.datasource.url}")
    String database;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    @TempDir
    Path olderFolder;

    @AfterEach
    void the_vendor_leaves() {
        Descriptor.of(VENDOR.name()).removeFrom(connectors);
        await().until(() -> vendors.find(VENDOR).isEmpty());
    }

    @Test
    void a_vendor_stays_when_a_node_starts_with_an_older_folder_and_leaves_when_the_node_that_had_it_loses_the_file() {
        Descriptor.of(VENDOR.name()).roster("810000000777").dropInto(connectors);
        await().until(() -> vendors.find(VENDOR).isPresent() && targets() == 1);

        Descriptor.of(ONLY_THERE).status("paused").dropInto(olderFolder);

        try (Node node = Node.on(database, olderFolder).start()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> timesHeld(ONLY_THERE) > COUNTS_UNTIL_GONE);
            assertThat(targets()).isEqualTo(1);
            assertThat(node.bean(Vendors.class).find(VENDOR)).isEmpty();
            assertThat(vendors.find(VENDOR)).isPresent();

            Descriptor.of(VENDOR.name()).removeFrom(connectors);

            await().until(() -> targets() == 0);

            Descriptor.of(ONLY_THERE).removeFrom(olderFolder);
            await().until(() -> timesHeld(ONLY_THERE) < 0);
        }
    }

    @Test
    void a_vendor_whose_file_was_removed_while_no_hub_ran_leaves_when_nobody_has_it_for_a_while() {
        jdbc.update(
                "INSERT INTO connector_descriptor (source, yaml, since) VALUES ('plus-de-dossier', 'vendor: plus-de-dossier', now())");

        await().until(() -> jdbc.queryForObject(
                        "SELECT count(*) FROM connector_descriptor WHERE source = 'plus-de-dossier'", Long.class)
                == 0);
    }

    /** How often the nodes that have the file have counted so; negative when nothing is known of the vendor. */
    private long timesHeld(String vendor) {
        return jdbc.queryForList("SELECT held FROM connector_descriptor WHERE source = ?", Long.class, vendor).stream()
                .findFirst()
                .orElse(-1L);
    }

    private long targets() {
        Long count = jdbc.queryForObject(
                "SELECT count(*) FROM connector_target WHERE source = ?", Long.class, VENDOR.name());
        return count == null ? -1 : count;
    }
}
