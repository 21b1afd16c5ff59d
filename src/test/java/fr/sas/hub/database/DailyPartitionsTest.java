package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.TestDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

class DailyPartitionsTest {

    private static final LocalDate TODAY = LocalDate.parse("2026-06-12");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.fresh(), "postgres", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final DataSourceTransactionManager transactions = new DataSourceTransactionManager(database);
    private final DailyPartitions partitions =
            new DailyPartitions(new Partitions(JdbcClient.create(jdbc), transactions));

    @BeforeEach
    void two_growing_tables() {
        jdbc.execute("""
                CREATE TABLE heard (position bigint GENERATED ALWAYS AS IDENTITY, at timestamptz NOT NULL, what text NOT NULL,
                PRIMARY KEY (at, position)) PARTITION BY RANGE (at);
                CREATE TABLE heard_rest PARTITION OF heard DEFAULT;
                CREATE TABLE counted (day date NOT NULL, count int NOT NULL, PRIMARY KEY (day)) PARTITION BY RANGE (day)""");
    }

    @Test
    void partitions_are_made_for_today_and_two_days_ahead_and_again_without_harm() {
        partitions.rotate("heard", TODAY, TODAY.minusDays(30));
        partitions.rotate("heard", TODAY, TODAY.minusDays(30));

        assertThat(partitionsOf("heard"))
                .containsExactly("heard_d20260612", "heard_d20260613", "heard_d20260614", "heard_rest");
    }

    @Test
    void a_row_lands_in_the_partition_of_its_day_in_utc() {
        partitions.rotate("heard", TODAY, TODAY.minusDays(30));
        hear("2026-06-12T00:00:00Z", "first");
        hear("2026-06-12T23:59:59.999Z", "last");
        hear("2026-06-13T00:00:00Z", "tomorrow");

        assertThat(jdbc.queryForList("SELECT what FROM heard_d20260612 ORDER BY at", String.class))
                .containsExactly("first", "last");
        assertThat(rest()).isZero();
    }

    @Test
    void rows_that_waited_in_the_rest_move_into_their_day_and_keep_their_positions() {
        hear("2026-06-12T10:00:00Z", "early");
        hear("2026-06-12T11:00:00Z", "bird");
        List<String> before = jdbc.queryForList("SELECT position || what FROM heard ORDER BY position", String.class);

        partitions.rotate("heard", TODAY, TODAY.minusDays(30));
        hear("2026-06-12T12:00:00Z", "later");

        assertThat(rest()).isZero();
        assertThat(jdbc.queryForList("SELECT position || what FROM heard ORDER BY position", String.class))
                .startsWith(before.toArray(String[]::new))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void old_days_are_dropped_and_old_rows_leave_the_rest_too() {
        hear("2026-05-01T10:00:00Z", "older than any partition");
        partitions.rotate("heard", TODAY, TODAY.minusDays(30));
        hear("2026-06-12T10:00:00Z", "today");

        partitions.rotate("heard", TODAY.plusDays(1), TODAY.plusDays(1));

        assertThat(partitionsOf("heard"))
                .containsExactly("heard_d20260613", "heard_d20260614", "heard_d20260615", "heard_rest");
        assertThat(jdbc.queryForObject("SELECT count(*) FROM heard", Long.class))
                .isZero();
    }

    @Test
    void a_table_by_date_without_a_rest_is_kept_the_same_way() {
        partitions.rotate("counted", TODAY, TODAY.minusDays(30));
        jdbc.update("INSERT INTO counted VALUES ('2026-06-12', 1), ('2026-06-14', 2)");

        partitions.rotate("counted", TODAY.plusDays(2), TODAY.plusDays(1));

        assertThat(jdbc.queryForList("SELECT count FROM counted", Integer.class))
                .containsExactly(2);
    }

    @Test
    void several_nodes_may_turn_at_once() {
        CompletableFuture<?>[] nodes = IntStream.range(0, 6)
                .mapToObj(node ->
                        Beside.run(() -> new DailyPartitions(new Partitions(JdbcClient.create(jdbc), transactions))
                                .make("heard", TODAY)))
                .toArray(CompletableFuture[]::new);

        CompletableFuture.allOf(nodes).join();
        assertThat(partitionsOf("heard")).containsExactly("heard_d20260612", "heard_rest");
    }

    @Test
    void a_new_day_does_not_wait_for_a_transaction_that_writes_to_another() {
        partitions.make("heard", TODAY);
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            hear("2026-06-12T10:00:00Z", "not committed yet");

            partitions.make("heard", TODAY.plusDays(1));
        });
        assertThat(partitionsOf("heard")).contains("heard_d20260613");
    }

    @Test
    void a_lock_that_does_not_come_costs_a_turn_and_not_the_days_after_it() {
        partitions.make("heard", TODAY);
        new TransactionTemplate(transactions).executeWithoutResult(transaction -> {
            hear("2026-06-12T10:00:00Z", "holds the partition that should go");

            partitions.rotate("heard", TODAY.plusDays(1), TODAY.plusDays(1));
        });
        assertThat(partitionsOf("heard")).contains("heard_d20260612", "heard_d20260613", "heard_d20260615");

        partitions.rotate("heard", TODAY.plusDays(1), TODAY.plusDays(1));
        assertThat(partitionsOf("heard")).doesNotContain("heard_d20260612");
    }

    private void hear(String at, String what) {
        jdbc.update("INSERT INTO heard (at, what) VALUES (?::timestamptz, ?)", at, what);
    }

    private long rest() {
        return jdbc.queryForObject("SELECT count(*) FROM heard_rest", Long.class);
    }

    private List<String> partitionsOf(String table) {
        return jdbc.queryForList(
                "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = ?::regclass ORDER BY 1",
                String.class,
                table);
    }
}
