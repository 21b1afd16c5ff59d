package fr.sas.hub.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A vendor that leaves takes its slots with it, also those that are on their way. */
@HubTest
@Import(MovableClock.Wound.class)
class LeavingVendorsTest {

    private static final Source COMETE = new Source("index-comete");
    private static final PractitionerId ALICE = Batches.newPractitioner();
    private static final Instant EIGHT = Instant.parse("2026-06-12T08:00:00Z");

    @Autowired
    AvailabilityIndex index;

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
    void a_vendor_comes() {
        clock.moveTo(EIGHT);
        Descriptor.of(COMETE.name()).dropInto(connectors);
        await().until(() -> vendors.find(COMETE).isPresent());
    }

    @Test
    void its_slots_leave_with_it_and_the_log_names_them() {
        index.replace(delivery());

        leaves();

        await().until(() -> stored() == 0);
        assertThat(jdbc.queryForObject(
                        "SELECT cause || removed FROM index_change WHERE source = ? ORDER BY tx DESC, position DESC LIMIT 1",
                        String.class,
                        COMETE.name()))
                .isEqualTo("LEFT1");
    }

    @Test
    void what_a_vendor_said_that_is_put_on_trial_describes_nobody_any_more() {
        index.replace(delivery());
        assertThat(about(ALICE).party()).isNotNull();

        Descriptor.of(COMETE.name()).status("trial").dropInto(connectors);
        await().until(() ->
                vendors.find(COMETE).filter(vendor -> !vendor.isShown()).isPresent());

        assertThat(about(ALICE).slots()).isEmpty();
        assertThat(about(ALICE).party()).isNull();
        assertThat(about(ALICE).places()).isEmpty();
        leaves();
    }

    @Test
    void a_delivery_that_arrives_after_it_left_leaves_no_trace() {
        leaves();

        index.replace(delivery());

        assertThat(stored()).isZero();
    }

    @Test
    void a_delivery_that_is_being_written_when_it_leaves_is_erased_after_all() {
        transaction.executeWithoutResult(status -> {
            index.replace(delivery());
            leaves();
            await().until(() -> jdbc.queryForObject(
                    "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
                    Boolean.class));
        });

        await().until(() -> stored() == 0);
    }

    private void leaves() {
        Descriptor.of(COMETE.name()).removeFrom(connectors);
        await().until(() -> vendors.find(COMETE).isEmpty());
    }

    private static ScreenedBatch delivery() {
        return ScreenedBatchBuilder.by(COMETE, EIGHT, ALICE)
                .slot(EIGHT.plusSeconds(3600))
                .batch();
    }

    private Availability about(PractitionerId practitioner) {
        return Objects.requireNonNull(
                index.availabilityOf(List.of(practitioner)).get(practitioner));
    }

    private long stored() {
        return jdbc.queryForObject(
                "SELECT (SELECT count(*) FROM index_slot WHERE source = ?) + (SELECT count(*) FROM index_word WHERE source = ?)",
                Long.class,
                COMETE.name(),
                COMETE.name());
    }
}
