package fr.sas.hub.changes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Whom changes concern is told for many consumers at once, and never too little. */
@HubTest
class RecentChangesTest {

    @Autowired
    ChangesTables tables;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    private final RecentChanges recent = new RecentChanges(
            100, 200, List.of(new RecentChanges.Subject("alice", 150), new RecentChanges.Subject("bruno", 180)), 200);

    @Test
    void only_a_change_of_a_subject_of_its_own_that_follows_its_position_concerns_a_consumer() {
        assertThat(recent.mayConcern(Position.of(140), 140, Set.of("alice"))).isTrue();
        assertThat(recent.mayConcern(Position.of(140), 150, Set.of("alice"))).isFalse();
        assertThat(recent.mayConcern(Position.of(160), 160, Set.of("alice"))).isFalse();
        assertThat(recent.mayConcern(Position.of(160), 160, Set.of("chloe"))).isFalse();
        assertThat(recent.mayConcern(Position.of(160), 160, null)).isTrue();
        assertThat(recent.mayConcern(Position.of(200), 200, null)).isFalse();
    }

    @Test
    void a_position_of_which_only_reading_it_can_tell_what_follows_is_never_passed_over() {
        assertThat(recent.mayConcern(Position.of(99), 200, Set.of()))
                .as("removals are forgotten")
                .isTrue();
        assertThat(recent.mayConcern(Position.of(201), 201, Set.of()))
                .as("of a lost history")
                .isTrue();
        assertThat(recent.mayConcern(new Position(160, 120, 120, 120), 200, Set.of()))
                .as("on its way")
                .isTrue();
    }

    @Test
    void in_a_run_of_the_server_whose_leap_is_not_recorded_nobody_is_passed_over() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            Position position = Position.of(tables.head().position());
            jdbc.update("UPDATE changes_head SET server_run = 'another'");

            assertThat(tables.recent(position.at(), 2).mayConcern(position, position.at(), Set.of()))
                    .isTrue();
            status.setRollbackOnly();
        });
    }

    @Test
    void what_does_not_fit_into_one_answer_is_read_from_where_it_ended() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            long begin = tables.head().position();
            jdbc.update("UPDATE changes_head SET position = position + 3");
            for (int i = 1; i <= 3; i++) {
                jdbc.update(
                        "INSERT INTO changes_subject (subject, position, at) VALUES (?, ?, now())",
                        "9" + "0".repeat(8) + i,
                        begin + i);
            }

            RecentChanges first = tables.recent(begin, 2);
            RecentChanges rest = tables.recent(first.upTo(), 2);

            assertThat(first.isWhole()).isFalse();
            assertThat(first.upTo()).isEqualTo(begin + 2);
            assertThat(rest.isWhole()).isTrue();
            assertThat(rest.subjects()).hasSize(1);
            status.setRollbackOnly();
        });
    }
}
