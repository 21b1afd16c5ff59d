package fr.sas.hub.database;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tables partitioned by day, on a date or (days in UTC) an instant: partitions are made ahead, so that no row waits for
 * one, and dropped when old, never emptied row by row. Any number of nodes may do it at once; readers and writers of other
 * days are not held up by a new one.
 */
@Component
public class DailyPartitions {

    private static final Logger log = LoggerFactory.getLogger(DailyPartitions.class);
    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int DAYS_AHEAD = 2;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate ownTransaction;

    DailyPartitions(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** @param rest the default partition, for rows whose day has none yet; null when the table has none */
    private record Layout(
            String table, String key, @Nullable String rest) {}

    /**
     * Makes today's partition and those of the next days, and drops what is older than {@code oldest}. A day that fails is
     * logged and tried again the next time.
     */
    public void turn(String table, LocalDate today, LocalDate oldest) {
        for (int ahead = 0; ahead <= DAYS_AHEAD; ahead++) {
            LocalDate day = today.plusDays(ahead);
            attempt(table, "make the partition of " + day, () -> make(table, day));
        }
        attempt(table, "drop what is older than " + oldest, () -> dropBefore(table, oldest));
    }

    /** There is a partition for this day; rows of the day that lay in the default partition move into it. */
    public void make(String table, LocalDate day) {
        inTurn(table, () -> {
            String partition = partition(table, day);
            if (exists(partition)) {
                return;
            }
            Layout layout = layout(table);
            String from = startOf(day);
            String to = startOf(day.plusDays(1));
            jdbc.execute("LOCK TABLE ONLY " + table + " IN SHARE UPDATE EXCLUSIVE MODE");
            jdbc.execute(
                    "CREATE TABLE " + partition + " (LIKE " + table + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
            if (layout.rest != null) {
                jdbc.execute("LOCK TABLE " + layout.rest + " IN ACCESS EXCLUSIVE MODE");
                jdbc.update("WITH moved AS (DELETE FROM " + layout.rest + " WHERE " + layout.key + " >= " + from
                        + " AND " + layout.key + " < " + to + " RETURNING *) INSERT INTO " + partition
                        + " SELECT * FROM moved");
            }
            jdbc.execute("ALTER TABLE " + table + " ATTACH PARTITION " + partition + " FOR VALUES FROM (" + from
                    + ") TO (" + to + ")");
        });
    }

    private void dropBefore(String table, LocalDate oldest) {
        inTurn(table, () -> {
            partitionsBefore(table, oldest).forEach(partition -> jdbc.execute("DROP TABLE " + partition));
            Layout layout = layout(table);
            if (layout.rest != null) {
                jdbc.update("DELETE FROM " + layout.rest + " WHERE " + layout.key + " < " + startOf(oldest));
            }
        });
    }

    private List<String> partitionsBefore(String table, LocalDate oldest) {
        return jdbc.queryForList("""
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = ?::regclass AND c.relname ~ '_d[0-9]{8}$'""", String.class, table).stream()
                .filter(partition -> partition.compareTo(partition(table, oldest)) < 0)
                .toList();
    }

    private Layout layout(String table) {
        return jdbc.query("""
                        SELECT a.attname, nullif(p.partdefid, 0)::regclass::text
                        FROM pg_partitioned_table p
                        JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
                        WHERE p.partrelid = ?::regclass""", (rs, row) -> new Layout(table, rs.getString(1), rs.getString(2)), table)
                .getFirst();
    }

    private boolean exists(String partition) {
        return Boolean.TRUE.equals(jdbc.queryForObject("SELECT to_regclass(?) IS NOT NULL", Boolean.class, partition));
    }

    /** Nodes take turns; whoever uses the table is not made to queue behind a lock that does not come. */
    private void inTurn(String table, Runnable work) {
        ownTransaction.executeWithoutResult(transaction -> {
            jdbc.execute("SET LOCAL lock_timeout = '3s'");
            jdbc.query("SELECT pg_advisory_xact_lock(hashtext(?))", row -> {}, "days of " + table);
            work.run();
        });
    }

    private static void attempt(String table, String what, Runnable work) {
        try {
            work.run();
        } catch (DataAccessException e) {
            log.warn("Could not {} in {}; the next turn tries again: {}", what, table, e.getMessage());
        }
    }

    private static String partition(String table, LocalDate day) {
        return table + "_d" + DAY.format(day);
    }

    /** Understood as a date and as an instant. */
    private static String startOf(LocalDate day) {
        return "'" + day + " 00:00:00+00'";
    }
}
