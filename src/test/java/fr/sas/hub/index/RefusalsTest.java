package fr.sas.hub.index;

import static fr.sas.hub.index.LiveVendors.SOLEIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A refusal wins over every delivery, whichever of the two began first. */
@HubTest
@Import(MovableClock.Wound.class)
class RefusalsTest {

    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");

    private final PractitionerId alice = Batches.newPractitioner();
    private final PractitionerId basile = Batches.newPractitioner();

    private final ExecutorService both = Executors.newVirtualThreadPerTaskExecutor();

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    MovableClock clock;

    @Autowired
    Vendors vendors;

    @Value("${hub.connectors}")
    Path connectors;

    @BeforeEach
    void it_is_eight() {
        clock.moveTo(EIGHT);
        LiveVendors.areIn(connectors, vendors);
    }

    @AfterEach
    void nobody_is_left_waiting() {
        both.shutdownNow();
    }

    @Test
    void a_refusal_that_arrives_while_a_delivery_is_written_waits_for_it_and_erases_it() throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<?> delivery = both.submit(() -> transaction.executeWithoutResult(status -> {
            index.replace(delivery().batch());
            written.countDown();
            reach(goOn);
        }));
        reach(written);
        Future<?> refusal = both.submit(() -> alice(true));
        await().until(this::somebodyWaits);

        goOn.countDown();
        delivery.get(10, TimeUnit.SECONDS);
        refusal.get(10, TimeUnit.SECONDS);

        assertThat(storedOf(alice)).isZero();
        assertThat(storedOf(basile)).isEqualTo(1);
    }

    @Test
    void a_delivery_that_arrives_while_a_refusal_is_recorded_waits_for_it_and_writes_nothing() throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Future<?> refusal = both.submit(() -> transaction.executeWithoutResult(status -> {
            alice(true);
            recorded.countDown();
            reach(goOn);
        }));
        reach(recorded);
        Future<?> delivery = both.submit(() -> index.replace(delivery().batch()));
        await().until(this::somebodyWaits);

        goOn.countDown();
        delivery.get(10, TimeUnit.SECONDS);
        refusal.get(10, TimeUnit.SECONDS);

        assertThat(storedOf(alice)).isZero();
        assertThat(storedOf(basile)).isEqualTo(1);
    }

    @Test
    void a_refusal_that_is_rolled_back_erases_nothing() {
        index.replace(delivery().batch());

        transaction.executeWithoutResult(status -> {
            alice(true);
            status.setRollbackOnly();
        });

        assertThat(storedOf(alice)).isEqualTo(1);
    }

    @Test
    void a_refusal_erases_what_vendors_said_and_leaves_the_agenda() {
        index.replace(delivery().batch());
        index.replace(ScreenedBatchBuilder.by(Source.AGENDA, EIGHT, alice)
                .slot(EIGHT.plusSeconds(3600))
                .batch());

        alice(true);

        assertThat(MergedSlotLines.line(
                        index.availabilityOf(List.of(alice)).values().iterator().next()))
                .isEqualTo("09:00-09:15 here agenda");
        assertThat(jdbc.queryForList("SELECT source FROM index_word WHERE subject = ?", String.class, alice.value()))
                .containsExactly("agenda");
        assertThat(jdbc.queryForList(
                        "SELECT cause || removed_slots[1] FROM index_change WHERE subject = ? AND removed > 0",
                        String.class,
                        alice.value()))
                .containsExactly("REFUSEDr" + EIGHT.plusSeconds(7200).getEpochSecond());
    }

    @Test
    void after_the_refusal_is_lifted_the_next_delivery_counts_again() {
        alice(true);
        index.replace(delivery().batch());
        alice(false);
        assertThat(storedOf(alice)).isZero();

        index.replace(delivery().batch());
        assertThat(storedOf(alice)).isEqualTo(1);
    }

    @Test
    void a_failure_leaves_no_word_of_somebody_who_refuses() {
        alice(true);

        index.replace(
                ScreenedBatchBuilder.by(SOLEIL, EIGHT, alice, basile).failing().batch());

        assertThat(jdbc.queryForList(
                        "SELECT subject FROM index_word WHERE source = ? AND subject = ANY (?)",
                        String.class,
                        SOLEIL.name(),
                        new String[] {alice.value(), basile.value()}))
                .containsExactly(basile.value());
    }

    private ScreenedBatchBuilder delivery() {
        return ScreenedBatchBuilder.by(SOLEIL, EIGHT, alice, basile).slot(EIGHT.plusSeconds(7200));
    }

    private void alice(boolean refuses) {
        events.publishEvent(new ParticipationChanged(
                alice,
                Settings.DEFAULT,
                Settings.builder().vendorSlotsHidden(refuses).build()));
    }

    private long storedOf(PractitionerId practitioner) {
        return jdbc.queryForObject(
                "SELECT count(*) FROM index_slot WHERE subject = ? AND source <> 'agenda'",
                Long.class,
                practitioner.value());
    }

    private boolean somebodyWaits() {
        return jdbc.queryForObject(
                "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                        + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                Boolean.class);
    }

    private static void reach(CountDownLatch latch) {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("The other one never came so far");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
