package fr.sas.hub.bench;

import java.time.Duration;
import java.util.Locale;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What the database has counted so far, with autovacuum's and checkpoints' share of the WAL, and the CPU of this process, which is
 * the first node.
 */
record DatabaseCost(long statements, double millis, long wal, double cpu, long nanos) {

    private static final Duration WATCHED = Duration.ofSeconds(5);

    /** A second of a node that has nothing to do. */
    record Idle(double statements, double millis, double wal, double cpu) {}

    static DatabaseCost by(JdbcTemplate jdbc) {
        DatabaseCost counted = jdbc.queryForObject(
                """
                SELECT sum(calls)::bigint AS calls, sum(total_exec_time) AS millis,
                  pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS wal FROM pg_stat_statements""",
                (rs, row) -> new DatabaseCost(
                        rs.getLong("calls"),
                        rs.getDouble("millis"),
                        rs.getLong("wal"),
                        processCpu(),
                        System.nanoTime()));
        if (counted == null) {
            throw new IllegalStateException();
        }
        return counted;
    }

    /** Of all threads of this process so far, in milliseconds. */
    private static double processCpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos() / 1e6;
    }

    static Idle idle(JdbcTemplate jdbc) throws InterruptedException {
        DatabaseCost before = by(jdbc);
        Thread.sleep(WATCHED);
        DatabaseCost after = by(jdbc);
        double seconds = after.secondsSince(before);
        return new Idle(
                (after.statements - before.statements) / seconds,
                (after.millis - before.millis) / seconds,
                (after.wal - before.wal) / seconds,
                (after.cpu - before.cpu) / seconds);
    }

    private double secondsSince(DatabaseCost before) {
        return (nanos - before.nanos) / 1e9;
    }

    static void printHead() {
        System.out.println(
                "| what | deliveries | deliveries/s | slots | slots/s | statements a delivery | WAL bytes a slot"
                        + " | WAL bytes a delivery | database, ms of execution a delivery | CPU of the node, ms a delivery |");
        System.out.println("|---|---|---|---|---|---|---|---|---|---|");
    }

    /** Less what the hub does anyway, as counted while it had nothing to do. */
    void print(String what, DatabaseCost before, Idle idle, long deliveries, long slots) {
        double seconds = secondsSince(before);
        double bytes = Math.max(0, wal - before.wal - idle.wal * seconds);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %.1f | %d | %.0f | %.1f | %.0f | %.0f | %.2f | %.1f |%n",
                what,
                deliveries,
                deliveries / seconds,
                slots,
                slots / seconds,
                Math.max(0, statements - before.statements - idle.statements * seconds) / deliveries,
                bytes / slots,
                bytes / deliveries,
                Math.max(0, millis - before.millis - idle.millis * seconds) / deliveries,
                Math.max(0, cpu - before.cpu - idle.cpu * seconds) / deliveries);
    }

    /** @param what an expression, perhaps with what it is selected from; 0 if that is null */
    static long number(JdbcTemplate jdbc, String what) {
        Long number = jdbc.queryForObject("SELECT " + what, Long.class);
        return number == null ? 0 : number;
    }
}
