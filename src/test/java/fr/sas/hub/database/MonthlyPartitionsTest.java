package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.TestDatabase;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class MonthlyPartitionsTest {

    private static final YearMonth DECEMBER = YearMonth.parse("2026-12");

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.fresh(), "postgres", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);
    private final MonthlyPartitions partitions =
            new MonthlyPartitions(new Partitions(JdbcClient.create(jdbc), new DataSourceTransactionManager(database)));

    @BeforeEach
    void a_table_that_grows() {
        jdbc.execute("""
                CREATE TABLE told (at timestamptz NOT NULL, what text NOT NULL) PARTITION BY RANGE (at);
                CREATE TABLE told_rest PARTITION OF told DEFAULT""");
    }

    @Test
    void this_month_and_the_next_have_partitions_into_which_waiting_rows_move() {
        jdbc.update("INSERT INTO told VALUES ('2026-12-31T23:59:59Z', 'last'), ('2027-01-01T00:00:00Z', 'first')");

        partitions.rotate("told", DECEMBER, DECEMBER.minusYears(3));
        partitions.rotate("told", DECEMBER, DECEMBER.minusYears(3));

        assertThat(partitionsOfTold()).containsExactly("told_m202612", "told_m202701", "told_rest");
        assertThat(jdbc.queryForObject("SELECT what FROM told_m202612", String.class))
                .isEqualTo("last");
        assertThat(jdbc.queryForObject("SELECT what FROM told_m202701", String.class))
                .isEqualTo("first");
    }

    @Test
    void months_older_than_the_oldest_are_dropped_and_their_rows_leave_the_rest() {
        jdbc.update("INSERT INTO told VALUES ('2026-09-30T00:00:00Z', 'too old'), ('2026-10-01T00:00:00Z', 'kept')");
        partitions.rotate("told", YearMonth.parse("2026-11"), YearMonth.parse("2026-09"));

        partitions.rotate("told", DECEMBER.plusMonths(1), DECEMBER);
        assertThat(partitionsOfTold()).containsExactly("told_m202612", "told_m202701", "told_m202702", "told_rest");
        assertThat(jdbc.queryForList("SELECT what FROM told", String.class)).isEmpty();
    }

    @Test
    void what_is_within_the_time_is_kept() {
        jdbc.update("INSERT INTO told VALUES ('2026-09-30T00:00:00Z', 'too old'), ('2026-10-01T00:00:00Z', 'kept')");

        partitions.rotate("told", DECEMBER, YearMonth.parse("2026-10"));

        assertThat(jdbc.queryForList("SELECT what FROM told", String.class)).containsExactly("kept");
    }

    private List<String> partitionsOfTold() {
        return jdbc.queryForList(
                "SELECT relname FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = 'told'::regclass ORDER BY 1",
                String.class);
    }
}
