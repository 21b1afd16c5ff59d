package fr.sas.hub.database;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Tables partitioned by day, on a date or (days in UTC) an instant; see {@link Partitions}. */
@Component
public class DailyPartitions {

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final int DAYS_AHEAD = 2;

    private final Partitions partitions;

    DailyPartitions(Partitions partitions) {
        this.partitions = partitions;
    }

    /**
     * Creates the partitions of today and the next days, and drops those older than {@code oldest}. A day that fails is
     * logged and retried next time.
     */
    public void rotate(String table, LocalDate today, LocalDate oldest) {
        partitions.rotate(
                table,
                IntStream.rangeClosed(0, DAYS_AHEAD)
                        .mapToObj(ahead -> span(today.plusDays(ahead)))
                        .toList(),
                span(oldest));
    }

    /**
     * Creates the partition for this day unless it exists; rows of the day in the default partition are moved into it.
     */
    public void make(String table, LocalDate day) {
        partitions.make(table, span(day));
    }

    private static Partitions.Span span(LocalDate day) {
        return new Partitions.Span("d" + DAY.format(day), day, day.plusDays(1));
    }
}
