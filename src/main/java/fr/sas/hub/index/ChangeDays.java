package fr.sas.hub.index;

import fr.sas.hub.database.DailyPartitions;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Daily partitions (UTC) of the change log and of the inputs of answers: created ahead, dropped when old. */
@Component
class ChangeDays {

    private static final List<String> TABLES =
            List.of("index_change", "index_slot_gone", "index_offer_gone", "index_heard", "index_circumstance");

    private final DailyPartitions partitions;
    private final IndexSettings settings;
    private final Clock clock;

    ChangeDays(DailyPartitions partitions, IndexSettings settings, Clock clock) {
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 1, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void rotatePartitions() {
        Instant now = clock.instant();
        TABLES.forEach(table -> partitions.rotate(table, dayOf(now), dayOf(now.minus(settings.changesKept()))));
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
