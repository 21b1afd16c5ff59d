package fr.sas.hub.database;

import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tables partitioned by month, on a date or (months in UTC) an instant; see {@link Partitions}. */
@Component
public class MonthlyPartitions {

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("uuuuMM");

    private final Partitions partitions;

    MonthlyPartitions(Partitions partitions) {
        this.partitions = partitions;
    }

    /**
     * Creates the partitions of this month and the next, and drops those older than {@code oldest}. A month that fails
     * is logged and retried next time.
     */
    public void rotate(String table, YearMonth month, YearMonth oldest) {
        partitions.rotate(table, List.of(span(month), span(month.plusMonths(1))), span(oldest));
    }

    private static Partitions.Span span(YearMonth month) {
        return new Partitions.Span(
                "m" + MONTH.format(month), month.atDay(1), month.plusMonths(1).atDay(1));
    }
}
