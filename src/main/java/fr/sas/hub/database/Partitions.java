package fr.sas.hub.database;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Tables partitioned by time spans, on a date or (days in UTC) an instant: partitions are created ahead, so that no row
 * waits for one, and dropped when old, never emptied row by row. Any number of nodes may do this concurrently; creating
 * one does not block readers and writers of other spans.
 */
@Component
class Partitions {

    private static final Logger log = LoggerFactory.getLogger(Partitions.class);

    private final JdbcClient jdbc;
    private final TransactionTemplate ownTransaction;

    Partitions(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * One partition of a table.
     *
     * @param suffix of its name: a letter for the length of the span, and digits that sort chronologically
     * @param from its first day
     * @param to the day after its last
     */
    record Span(String suffix, LocalDate from, LocalDate to) {
        String of(String table) {
            return table + "_" + suffix;
        }
    }

    /** @param rest the default partition, for rows whose span has no partition yet; null when the table has none */
    private record Layout(
            String table, String key, @Nullable String rest) {}

    /**
     * Creates these partitions, and drops those older than {@code oldest}. A span that fails is logged and retried next
     * time.
     */
    void rotate(String table, List<Span> ahead, Span oldest) {
        ahead.forEach(span -> attempt(table, "create the partition of " + span.from, () -> make(table, span)));
        attempt(table, "drop partitions older than " + oldest.from, () -> dropBefore(table, oldest));
    }

    /**
     * Creates the partition for this span unless it exists; rows of the span in the default partition are moved into
     * it.
     */
    void make(String table, Span span) {
        inTurn(table, () -> {
            String partition = span.of(table);
            if (exists(partition)) {
                return;
            }
            Layout layout = layout(table);
            String from = startOf(span.from);
            String to = startOf(span.to);
            jdbc.sql("LOCK TABLE ONLY " + table + " IN SHARE UPDATE EXCLUSIVE MODE")
                    .update();
            jdbc.sql("CREATE TABLE " + partition + " (LIKE " + table + " INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
                    .update();
            if (layout.rest != null) {
                jdbc.sql("LOCK TABLE " + layout.rest + " IN ACCESS EXCLUSIVE MODE")
                        .update();
                jdbc.sql("WITH moved AS (DELETE FROM " + layout.rest + " WHERE " + layout.key + " >= " + from
                                + " AND " + layout.key + " < " + to + " RETURNING *) INSERT INTO " + partition
                                + " SELECT * FROM moved")
                        .update();
            }
            jdbc.sql("ALTER TABLE " + table + " ATTACH PARTITION " + partition + " FOR VALUES FROM (" + from + ") TO ("
                            + to + ")")
                    .update();
        });
    }

    private void dropBefore(String table, Span oldest) {
        inTurn(table, () -> {
            partitionsBefore(table, oldest)
                    .forEach(partition -> jdbc.sql("DROP TABLE " + partition).update());
            Layout layout = layout(table);
            if (layout.rest != null) {
                jdbc.sql("DELETE FROM " + layout.rest + " WHERE " + layout.key + " < " + startOf(oldest.from))
                        .update();
            }
        });
    }

    private List<String> partitionsBefore(String table, Span oldest) {
        return jdbc
                .sql("""
                        SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
                        WHERE i.inhparent = :table::regclass AND c.relname ~ ('_' || :kind || '[0-9]+$')""")
                .param("table", table)
                .param("kind", oldest.suffix.substring(0, 1))
                .query(String.class)
                .list()
                .stream()
                .filter(partition -> partition.compareTo(oldest.of(table)) < 0)
                .toList();
    }

    private Layout layout(String table) {
        return jdbc.sql("""
                        SELECT a.attname, nullif(p.partdefid, 0)::regclass::text AS rest
                        FROM pg_partitioned_table p
                        JOIN pg_attribute a ON a.attrelid = p.partrelid AND a.attnum = p.partattrs[0]
                        WHERE p.partrelid = :table::regclass""")
                .param("table", table)
                .query((rs, row) -> new Layout(table, rs.getString("attname"), rs.getString("rest")))
                .single();
    }

    private boolean exists(String partition) {
        return jdbc.sql("SELECT to_regclass(:partition) IS NOT NULL")
                .param("partition", partition)
                .query(Boolean.class)
                .single();
    }

    /** Nodes take turns; the lock timeout keeps users of the table from queueing behind a lock that cannot be acquired. */
    private void inTurn(String table, Runnable work) {
        ownTransaction.executeWithoutResult(transaction -> {
            jdbc.sql("SET LOCAL lock_timeout = '3s'").update();
            jdbc.sql("SELECT pg_advisory_xact_lock(hashtext(:key))")
                    .param("key", "days of " + table)
                    .query(row -> {});
            work.run();
        });
    }

    private static void attempt(String table, String what, Runnable work) {
        try {
            work.run();
        } catch (DataAccessException e) {
            log.warn("Could not {} in {}; retrying next time: {}", what, table, e.getMessage());
        }
    }

    /** A literal that is valid both as a date and as an instant. */
    private static String startOf(LocalDate day) {
        return "'" + day + " 00:00:00+00'";
    }
}
