package fr.sas.hub.index.news;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.LiveVendors;
import fr.sas.hub.index.ScreenedBatchBuilder;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.SilentRelay;
import fr.sas.hub.testing.StoppableDatabase;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.testing.UsesKafka;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * {@code hub.news} is changed while the database has lost the session in which a node of before listens, and that node has not noticed: nobody
 * sees it, and it tells what it changes in its own way alone.
 */
@UsesKafka
class UnseenNodeTest {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();

    @TempDir
    Path connectors;

    @ParameterizedTest
    @CsvSource({"postgresql, kafka, LISTEN hub_index", "kafka, postgresql, /* hub node */"})
    void what_it_refuses_is_not_shown_by_the_one_that_joins(String before, String after, String listens) {
        try (StoppableDatabase database = new StoppableDatabase();
                SilentRelay line = new SilentRelay(database.address(), listens);
                Node unseen = on(line.address(), before)) {
            LiveVendors.areIn(connectors, unseen.bean(Vendors.class));
            line.fallSilent();
            unseen.bean(JdbcTemplate.class)
                    .query(
                            "SELECT pg_terminate_backend(pid, 10000) FROM pg_locks WHERE locktype = 'advisory' AND classid = 780078",
                            rs -> {});
            try (Node joining = on(database.address(), after)) {
                await().until(() -> joining.bean(Vendors.class).find(SOLEIL).isPresent());
                await("it sees nobody, and trusts its memory")
                        .until(() -> joining.bean(IndexNews.class).isHearing());
                unseen.bean(AvailabilityIndex.class)
                        .replace(ScreenedBatchBuilder.by(SOLEIL, now, alice)
                                .slot(now.plus(Duration.ofHours(1)))
                                .batch());
                await().until(() -> seen(joining) == 1);

                unseen.context()
                        .publishEvent(new ParticipationChanged(
                                alice,
                                Settings.DEFAULT,
                                Settings.builder().vendorSlotsHidden(true).build()));

                await().until(() -> seen(joining) == 0);
            }
        }
    }

    private Node on(String database, String news) {
        return Node.on(database, connectors)
                .with(
                        "hub.news=" + news,
                        "hub.index.listen-again-every=1h",
                        "hub.kafka.brokers=" + TestKafka.address(),
                        "hub.kafka.changes-topic=" + TestKafka.OTHER_CHANGES,
                        "hub.kafka.patience=3s",
                        "spring.datasource.hikari.maximum-pool-size=12")
                .start();
    }

    private int seen(Node node) {
        return node.client()
                .json(HubClient.slotsOf(now, alice.value()))
                .path("total")
                .asInt();
    }
}
