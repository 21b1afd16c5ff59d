package fr.sas.hub.intake;

import fr.sas.hub.directory.PlaceZones;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** The tables of rejections, one partition per day: made ahead, dropped when old. */
@Component
class RejectionDays {

    private static final List<String> TABLES = List.of("intake_rejection", "intake_rejection_count");

    private final JdbcTemplate jdbc;
    private final TransactionTemplate ownTransaction;
    private final IntakeSettings settings;
    private final Clock clock;
    private volatile @Nullable LocalDate latest;

    RejectionDays(JdbcTemplate jdbc, PlatformTransactionManager transactions, IntakeSettings settings, Clock clock) {
        this.jdbc = jdbc;
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.settings = settings;
        this.clock = clock;
    }

    /** There is a partition for this day. Costs nothing when it is the day of the last time. */
    void ensure(LocalDate day) {
        if (!day.equals(latest)) {
            create(day);
            latest = day;
        }
    }

    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void turn() {
        LocalDate today = clock.instant().atZone(PlaceZones.MAINLAND).toLocalDate();
        create(today);
        create(today.plusDays(1));
        dropBefore(today.minus(settings.rejectionsKept()));
    }

    private void create(LocalDate day) {
        inTurn(() -> TABLES.forEach(table -> jdbc.execute("CREATE TABLE IF NOT EXISTS " + partition(table, day)
                + " PARTITION OF " + table + " FOR VALUES FROM ('" + day + "') TO ('" + day.plusDays(1) + "')")));
    }

    private void dropBefore(LocalDate oldest) {
        inTurn(() -> TABLES.forEach(table -> jdbc
                .queryForList(
                        "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = ?::regclass",
                        String.class,
                        table)
                .stream()
                .filter(partition -> partition.compareTo(partition(table, oldest)) < 0)
                .forEach(partition -> jdbc.execute("DROP TABLE " + partition))));
    }

    /** Nodes take turns: two of them making the same partition would trip over each other. */
    private void inTurn(Runnable work) {
        ownTransaction.executeWithoutResult(transaction -> {
            jdbc.query("SELECT pg_advisory_xact_lock(hashtext('intake_rejection'))", row -> {});
            work.run();
        });
    }

    private static String partition(String table, LocalDate day) {
        return table + "_d" + day.toString().replace("-", "");
    }
}
