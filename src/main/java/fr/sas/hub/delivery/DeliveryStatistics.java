package fr.sas.hub.delivery;

import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Recent requests and answers, summed over all nodes: counted from the stored deliveries. */
@Repository
public class DeliveryStatistics {

    private final JdbcClient jdbc;

    DeliveryStatistics(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param requests requests whose answers arrived or failed to arrive
     * @param troubles how many of these were not complete, by kind in lower case
     * @param medianMillis the median duration
     * @param slowMillis the 95th percentile of the duration
     */
    public record Figures(long requests, Map<String, Long> troubles, long medianMillis, long slowMillis) {
        public Figures {
            troubles = Map.copyOf(troubles);
        }

        public static final Figures NONE = new Figures(0, Map.of(), 0, 0);

        public long errors() {
            return troubles.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /** Omits vendors that were not asked. */
    public Map<Source, Figures> since(Instant from) {
        Map<Source, Map<String, Long>> troubles = new HashMap<>();
        jdbc.sql("""
                        SELECT source, trouble, count(*) AS times FROM connector_delivery
                        WHERE fetched_at >= :from AND trouble IS NOT NULL GROUP BY source, trouble""").param("from", Timestamp.from(from)).query(row -> {
            troubles.computeIfAbsent(new Source(row.getString("source")), source -> new TreeMap<>())
                    .put(row.getString("trouble").toLowerCase(Locale.ROOT).replace('_', '-'), row.getLong("times"));
        });
        Map<Source, Figures> figures = new HashMap<>();
        jdbc.sql("SELECT source, count(*) AS asked, percentile_disc(0.5) WITHIN GROUP (ORDER BY took_ms) AS p50,"
                        + " percentile_disc(0.95) WITHIN GROUP (ORDER BY took_ms) AS p95"
                        + " FROM connector_delivery WHERE fetched_at >= :from GROUP BY source")
                .param("from", Timestamp.from(from))
                .query(row -> {
                    Source source = new Source(row.getString("source"));
                    figures.put(
                            source,
                            new Figures(
                                    row.getLong("asked"),
                                    troubles.getOrDefault(source, Map.of()),
                                    row.getLong("p50"),
                                    row.getLong("p95")));
                });
        return figures;
    }
}
