package fr.sas.hub.history;

import fr.sas.hub.database.MonthlyPartitions;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** The history, one partition per month (UTC): created ahead, dropped when old. */
@Component
class HistoryMonths {

    private final MonthlyPartitions partitions;
    private final HistorySettings settings;
    private final Clock clock;

    HistoryMonths(MonthlyPartitions partitions, HistorySettings settings, Clock clock) {
        this.partitions = partitions;
        this.settings = settings;
        this.clock = clock;
    }

    @Scheduled(fixedDelay = 6, initialDelay = 0, timeUnit = TimeUnit.HOURS)
    void rotatePartitions() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        partitions.rotate("history_change", YearMonth.from(today), YearMonth.from(today.minus(settings.kept())));
    }
}
