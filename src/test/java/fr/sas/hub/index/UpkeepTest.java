package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the room does by itself as days go by. */
@HubTest
@Import(MovableClock.Wound.class)
class UpkeepTest {

    private static final Instant NOON_OF_DAY_ONE = Instant.parse("2026-08-01T12:00:00Z");

    private final PractitionerId alice = Batches.newPractitioner();

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ChangeDays changeDays;

    @Autowired
    PastSlots pastSlots;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Value("${hub.connectors}")
    Path connectors;

    @BeforeEach
    void it_is_noon() {
        clock.moveTo(NOON_OF_DAY_ONE);
        LiveVendors.areIn(connectors, vendors);
    }

    @Test
    void changes_are_kept_by_day_for_thirty_days() {
        changeDays.rotatePartitions();
        index.replace(ScreenedBatchBuilder.by(SOLEIL, clock.instant(), alice)
                .slot(clock.instant().plusSeconds(3600))
                .batch());
        assertThat(dayOfTheChange()).isEqualTo("index_change_d20260801");

        clock.moveTo(NOON_OF_DAY_ONE.plus(Duration.ofDays(30)));
        changeDays.rotatePartitions();
        assertThat(dayOfTheChange()).isEqualTo("index_change_d20260801");

        clock.moveTo(NOON_OF_DAY_ONE.plus(Duration.ofDays(31)));
        changeDays.rotatePartitions();
        assertThat(dayOfTheChange()).isEqualTo("none");
    }

    @Test
    void a_change_of_a_day_without_a_partition_is_kept_and_moves_into_it() {
        clock.moveTo(NOON_OF_DAY_ONE.plus(Duration.ofDays(100)));
        index.replace(ScreenedBatchBuilder.by(Source.AGENDA, clock.instant(), alice)
                .slot(clock.instant().plusSeconds(3600))
                .batch());
        assertThat(dayOfTheChange()).isEqualTo("index_change_rest");

        changeDays.rotatePartitions();
        assertThat(dayOfTheChange()).isEqualTo("index_change_d20261109");
    }

    @Test
    void more_past_slots_than_one_bite_are_swept_by_several_nodes_at_once_and_logged_once() throws Exception {
        PractitionerId[] many = IntStream.range(0, 250)
                .mapToObj(i -> Batches.practitioner(91_000 + i))
                .toArray(PractitionerId[]::new);
        ScreenedBatchBuilder saying = ScreenedBatchBuilder.by(SOLEIL, clock.instant(), many);
        IntStream.range(0, 96).forEach(i -> saying.slot(clock.instant().plus(Duration.ofMinutes(15L * i))));
        index.replace(saying.batch());
        clock.moveTo(NOON_OF_DAY_ONE.plus(Duration.ofDays(2)));

        try (ExecutorService nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            List<? extends Future<?>> sweeps = IntStream.range(0, 3)
                    .mapToObj(node -> nodes.submit(pastSlots::sweep))
                    .toList();
            for (Future<?> sweep : sweeps) {
                sweep.get();
            }
        }
        assertThat(jdbc.queryForObject(
                        "SELECT count(*) FROM index_slot WHERE end_at <= ?",
                        Long.class,
                        Timestamp.from(clock.instant())))
                .isZero();
        assertThat(jdbc.queryForObject(
                        "SELECT sum(removed) FROM index_change WHERE cause = 'ENDED' AND subject LIKE '810000091%'",
                        Long.class))
                .isEqualTo(250 * 96L);
    }

    private String dayOfTheChange() {
        List<String> days = jdbc.queryForList(
                "SELECT tableoid::regclass::text FROM index_change WHERE subject = ? ORDER BY at DESC LIMIT 1",
                String.class,
                alice.value());
        return days.isEmpty() ? "none" : days.getFirst();
    }
}
