package fr.sas.hub.intake;

import fr.sas.hub.database.DailyPartitions;
import fr.sas.hub.directory.PlaceZones;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Daily partitions of the rejections' tables: created ahead, dropped when old. */
@Component
class RejectionDays {

    private static final List<String> TABLES =
            List.of("intake_rejection", "intake_rejection_count", "intake_read_count");

    private final DailyPartitions partitions;
    private final IntakeSettings settings;
    private final Clock clock;
    private volatile @Nullable LocalDate latest;

    RejectionDays(DailyPartitions partitions, IntakeSettings settings, Clock clock) {
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
    }

    /** Ensures that there is a partition for this day. Costs nothing if the day is that of the previous call. */
    void ensure(LocalDate day) {
        if (!day.equals(latest)) {
            TABLES.forEach(table -> partitions.make(table, day));
            latest = day;
        }
    }

    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void rotatePartitions() {
        LocalDate today = clock.instant().atZone(PlaceZones.MAINLAND).toLocalDate();
        TABLES.forEach(table -> partitions.rotate(table, today, today.minus(settings.rejectionsKept())));
        partitions.rotate("intake_reading", today, today.minus(settings.rejectionsKept()));
    }
}
