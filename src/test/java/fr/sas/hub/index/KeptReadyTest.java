package fr.sas.hub.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.directory.FacilitiesChanged;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.news.IndexChanged;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.participation.Settings;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is served of a subject is kept ready beside the index, and counts as long as nothing about it changed. */
@HubTest
class KeptReadyTest {

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final PractitionerId alice = Batches.newPractitioner();

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @Autowired
    AvailabilityIndex index;

    @Autowired
    ReadySubjects ready;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    Vendors vendors;

    @Autowired
    JdbcTemplate jdbc;

    @BeforeEach
    void two_slots_are_kept_ready() {
        LiveVendors.areIn(connectors, vendors);
        said(now, 2);
        await().until(this::isKept);
    }

    @Test
    void what_changed_is_made_ready_without_being_asked_for_and_answers_after_everything_was_forgotten() {
        slotsVanishUntold();

        forgetEverything();

        assertThat(slotsFound()).isEqualTo(2);
    }

    @Test
    void what_changed_since_is_read_from_the_index_itself() {
        slotsVanishUntold();

        said(now.plusSeconds(1), 1);

        assertThat(slotsFound()).isEqualTo(1);
        forgetEverything();
        assertThat(slotsFound()).isEqualTo(1);
    }

    @Test
    void a_refusal_outlasts_everything_that_was_kept_ready() {
        events.publishEvent(new ParticipationChanged(
                alice,
                Settings.DEFAULT,
                Settings.builder().vendorSlotsHidden(true).build()));

        assertThat(slotsFound()).isZero();
        forgetEverything();
        assertThat(slotsFound()).isZero();
    }

    @Test
    void what_was_read_before_a_change_and_is_kept_after_it_is_never_answered() {
        ReadySubjects.Stamp before = Objects.requireNonNull(
                ready.find(List.of(alice), false, 0).stamps().get(alice));
        said(now.plusSeconds(1), 1);
        ready.save(
                List.of(new ReadySubjects.NewRendering(
                        alice, before, List.of(LiveVendors.SOLEIL), List.of(SourceFreshness.FRESH), null, new byte[] {1
                        })),
                false,
                0);

        assertThat(ready.find(List.of(alice), false, 0).ready()).isEmpty();
        assertThat(slotsFound()).isEqualTo(1);
    }

    /** As after a failover to a standby that was behind: what was rendered of the lost change may still be on its way. */
    @Test
    void what_was_rendered_of_a_change_that_the_database_lost_is_never_answered() {
        Long before = version();
        said(now.plusSeconds(1), 1);
        ReadySubjects.Stamp lost = Objects.requireNonNull(
                ready.find(List.of(alice), false, 0).stamps().get(alice));
        jdbc.update("UPDATE index_version SET version = ? WHERE subject = ?", before, alice.value());

        said(now.plusSeconds(2), 2);
        jdbc.update("DELETE FROM index_ready WHERE subject = ?", alice.value());
        ready.save(
                List.of(new ReadySubjects.NewRendering(
                        alice, lost, List.of(LiveVendors.SOLEIL), List.of(SourceFreshness.FRESH), null, new byte[] {1
                        })),
                false,
                0);

        assertThat(ready.find(List.of(alice), false, 0).ready()).isEmpty();
    }

    @Test
    void what_another_release_wrote_is_not_read() {
        assertThat(ready.find(List.of(alice), false, format()).ready()).containsKey(alice);

        assertThat(ready.find(List.of(alice), false, format() + 1).ready()).isEmpty();
    }

    @Test
    void when_a_source_says_its_first_word_what_was_told_without_it_does_not_count() {
        jdbc.update(
                "INSERT INTO index_word (subject, source, confirmed_at) VALUES (?, ?, now())",
                alice.value(),
                LiveVendors.LUNE.name());

        assertThat(ready.find(List.of(alice), false, format()).ready()).isEmpty();
    }

    @Test
    void a_structure_that_changes_changes_what_is_told_of_everybody() {
        int format = format();

        events.publishEvent(new FacilitiesChanged());

        await().until(() -> Objects.requireNonNull(ready.find(List.of(alice), false, format)
                                .stamps()
                                .get(alice))
                        .epoch()
                == jdbc.queryForObject("SELECT epoch FROM index_ready WHERE subject = ?", Long.class, alice.value()));
        assertThat(slotsFound()).isEqualTo(2);
    }

    private void said(Instant at, int slots) {
        index.replace(new ScreenedBatch(
                Batches.batch(LiveVendors.SOLEIL, at, List.of(alice), now.plus(Duration.ofHours(1)), slots), Map.of()));
    }

    private Long version() {
        return jdbc.queryForObject("SELECT version FROM index_version WHERE subject = ?", Long.class, alice.value());
    }

    private boolean isKept() {
        return jdbc.queryForObject("SELECT count(*) FROM index_ready WHERE subject = ?", Long.class, alice.value()) > 0;
    }

    private int format() {
        return jdbc.queryForObject("SELECT format FROM index_ready WHERE subject = ?", Integer.class, alice.value());
    }

    /** As nothing in the hub does it: whatever reads the index itself now finds nothing. */
    private void slotsVanishUntold() {
        jdbc.update("DELETE FROM index_slot WHERE subject = ?", alice.value());
    }

    private void forgetEverything() {
        events.publishEvent(new IndexChanged.Everything());
    }

    private int slotsFound() {
        return HubClient.at(port)
                .json(HubClient.slotsOf(now, alice.value()))
                .path("total")
                .asInt();
    }
}
