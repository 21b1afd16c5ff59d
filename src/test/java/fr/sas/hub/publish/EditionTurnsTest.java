package fr.sas.hub.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** One node at a time makes an edition, and one that was killed or late spoils nothing. Nobody asks this hub for any. */
@HubTest
class EditionTurnsTest {

    private final Instant now = Instant.now();
    private final Instant soon = now.plus(Duration.ofMinutes(1));

    @Autowired
    EditionTables tables;

    @Autowired
    EditionContents contents;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    DataSource pool;

    @BeforeEach
    @AfterEach
    void there_is_none() {
        TestDatabase.empty(jdbc, "publish_part, publish_subject, publish_total, publish_file, publish_edition");
        jdbc.update("UPDATE publish_turn SET claimed_until = NULL");
    }

    private long claim() {
        return tables.claim(now.toEpochMilli(), soon, now, soon).orElseThrow();
    }

    @Test
    void while_one_makes_an_edition_nobody_else_does_until_its_time_is_over() {
        long first = claim();

        assertThat(tables.claim(now.toEpochMilli(), soon, now, soon)).isEmpty();
        assertThat(tables.claim(now.toEpochMilli(), soon, soon.plusSeconds(1), soon))
                .hasValue(first + 1);
    }

    @Test
    void whoever_is_too_late_writes_nothing_more() {
        long late = claim();
        long next = tables.claim(now.toEpochMilli(), soon, soon.plusSeconds(1), soon.plusSeconds(60))
                .orElseThrow();
        tables.publish(next, now, null);

        assertThatThrownBy(() -> tables.write(late, soon, List.of(parts("8100"))))
                .isInstanceOf(EditionTables.TurnLost.class);
        assertThat(contents.parts(next, 0, "75", "Slot", "", 10)).isEmpty();
    }

    @Test
    void what_a_killed_node_wrote_is_part_of_the_next_edition_and_of_none_before() {
        long before = claim();
        tables.publish(before, now, null);
        long killed = claim();
        tables.write(killed, soon, List.of(parts("8100")));
        long next = tables.claim(now.toEpochMilli(), soon, soon.plusSeconds(1), soon.plusSeconds(60))
                .orElseThrow();

        assertThat(tables.publish(next, now, null)).isTrue();

        assertThat(contents.files(before)).isEmpty();
        assertThat(contents.files(next)).extracting(Edition.Content::lines).containsExactly(1L);
        assertThat(contents.changes(before, next)).hasSize(1);
        assertThat(contents.parts(next, 0, "75", "Slot", "", 10)).hasSize(1);
    }

    @Test
    void an_edition_in_which_nothing_changed_is_the_one_before() {
        tables.publish(claim(), now, null);
        long last = tables.last().orElseThrow().number();

        assertThat(tables.publish(claim(), soon, null)).isFalse();

        assertThat(tables.last().orElseThrow().number()).isEqualTo(last);
        assertThat(tables.last().orElseThrow().checkedAt()).isAfter(now);
    }

    @Test
    void an_edition_from_before_somebody_followed_changes_is_told_where_they_go_on_once_it_was_checked() {
        tables.publish(claim(), now, null);
        String before = last().etag();

        tables.publish(claim(), soon, "7");

        assertThat(last().changesPosition()).isEqualTo("7");
        assertThat(last().etag()).as("of a manifest that says something else").isNotEqualTo(before);
    }

    @Test
    void an_edition_in_which_nothing_changed_is_followed_from_where_it_was_checked_last() {
        tables.publish(claim(), now, "7");
        String before = last().etag();

        tables.publish(claim(), soon, "8");
        assertThat(last().changesPosition()).isEqualTo("8");
        assertThat(last().etag()).isNotEqualTo(before);

        tables.publish(claim(), soon, null);
        assertThat(last().changesPosition()).as("while nobody follows").isEqualTo("8");
    }

    private Edition last() {
        return tables.last().orElseThrow();
    }

    @Test
    void while_a_backup_reads_what_nobody_wants_stays_and_whoever_asks_does_not_wait() throws SQLException {
        tables.publish(claim(), now, null);
        try (Connection backup = pool.getConnection()) {
            backup.setAutoCommit(false);
            backup.createStatement().execute("LOCK TABLE publish_edition IN ACCESS SHARE MODE");

            CompletableFuture<Void> removal = Beside.run(() -> tables.removeAllUncheckedSince(now.plusSeconds(1)));

            await().until(removal::isDone);
            assertThat(removal).isCompletedExceptionally();
            assertThat(tables.last()).isPresent();
        }
    }

    @Test
    void what_nobody_wants_any_more_takes_no_room() {
        long edition = claim();
        tables.write(edition, soon, List.of(parts("8100")));
        tables.publish(edition, now, null);

        tables.removeAllUncheckedSince(now.minusSeconds(1));
        assertThat(tables.last()).isPresent();

        tables.removeAllUncheckedSince(now.plusSeconds(1));
        assertThat(tables.last()).isEmpty();
        assertThat(tables.known("", null)).isEmpty();
        assertThat(claim()).as("no number is used again").isGreaterThan(edition);
    }

    private static SubjectParts parts(String subject) {
        return new SubjectParts(
                subject,
                new byte[] {1},
                null,
                Map.of(
                        new SubjectParts.Place("75", "Slot", subject),
                        PartBytes.of(List.of("{}".getBytes(StandardCharsets.UTF_8)))),
                Map.of());
    }
}
