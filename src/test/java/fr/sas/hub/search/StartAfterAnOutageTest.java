package fr.sas.hub.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.news.MemoryTrust;
import fr.sas.hub.index.news.SearchReads;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** A node that starts when no stored rendering holds, since all data has become old, renders before it is ready. */
@HubTest
@Import(MovableClock.Wound.class)
class StartAfterAnOutageTest {

    private static final List<Subject> KNOWN = IntStream.range(610_000, 610_900)
            .<Subject>mapToObj(Batches::practitioner)
            .toList();

    /** Nobody asks it, and what it said leaves with it: others share this hub. */
    private static final Source VENDOR = new Source("avant-la-panne");

    @Value("${hub.connectors}")
    Path connectors;

    @LocalServerPort
    int port;

    @Value("${hub.freshness.unverified-after:5m}")
    Duration unverifiedAfter;

    @Autowired
    SearchReads reads;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ReadySubjects kept;

    @Autowired
    RenderingWriter keeping;

    @Autowired
    SourceFreshnessPolicy freshness;

    @Autowired
    MemoryTrust memory;

    @Autowired
    SearchSettings settings;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void renderings_are_stored_and_become_old() {
        Descriptor.of(VENDOR.name()).joins(connectors, port);
        Instant told = clock.instant();
        index.replace(
                new ScreenedBatch(Batches.batch(VENDOR, told, KNOWN, told.plus(Duration.ofHours(1)), 1), Map.of()));
        await().until(() -> stored() == KNOWN.size());
        clock.moveTo(told.plus(unverifiedAfter).plusSeconds(1));
    }

    @AfterEach
    void the_vendor_leaves_with_all_that_it_said() {
        Descriptor.of(VENDOR.name()).leaves(connectors, port);
    }

    @Test
    void a_node_that_must_render_most_is_ready_only_when_its_shelf_holds_all() throws InterruptedException {
        SubjectShelf shelf = new SubjectShelf(reads, index, kept, keeping, freshness, memory, settings);
        InitialFillWait look = new InitialFillWait(Duration.ofDays(1), Duration.ofDays(1));
        look.lookedAtSome(true);
        look.itHasBeenLong();
        RenderingPreparer filling = new RenderingPreparer(shelf, kept, look, clock);
        filling.start();
        try {
            filling.awaitInitialFill();
        } finally {
            filling.stop();
        }
        SubjectShelf.Origins whenReady = shelf.origins();

        shelf.take(KNOWN, false, clock.instant());

        assertThat(whenReady.rendered() + whenReady.loaded())
                .as("the hub itself may have rendered some of them before")
                .isGreaterThanOrEqualTo(KNOWN.size());
        assertThat(shelf.origins()).as("nothing is left for searches").isEqualTo(whenReady);
    }

    private long stored() {
        return jdbc.queryForObject(
                "SELECT count(*) FROM index_ready WHERE NOT communities AND subject BETWEEN ? AND ?",
                Long.class,
                KNOWN.getFirst().value(),
                KNOWN.getLast().value());
    }
}
