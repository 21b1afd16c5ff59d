package fr.sas.hub.changes;

import fr.sas.hub.database.DailyPartitions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Daily partitions (UTC) of removals: created ahead, and dropped when old, once it is recorded that their removals are no longer known. */
@Component
class ChangesDays {

    private final ChangesTables tables;
    private final DailyPartitions partitions;
    private final ChangesSettings settings;
    private final Clock clock;

    ChangesDays(ChangesTables tables, DailyPartitions partitions, ChangesSettings settings, Clock clock) {
        this.tables = tables;
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void rotatePartitions() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        LocalDate oldest = LocalDate.ofInstant(clock.instant().minus(settings.kept()), ZoneOffset.UTC);
        tables.forgetBefore(oldest.atStartOfDay(ZoneOffset.UTC).toInstant());
        partitions.rotate("changes_gone", today, oldest);
    }
}
