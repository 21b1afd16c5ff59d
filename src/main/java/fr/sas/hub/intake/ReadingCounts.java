package fr.sas.hub.intake;

import fr.sas.hub.database.Columns;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.rule.Rule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** The result of reading each delivery, in numbers. */
@Service
public class ReadingCounts {

    private final JdbcClient jdbc;
    private final Clock clock;

    ReadingCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * @param accepted number of slots, like {@code withheld} and {@code rejected}
     * @param codes ids of the rules that were broken, notes included, and how often
     */
    public record Count(Instant readAt, int accepted, int withheld, int rejected, Map<String, Integer> codes) {
        public Count {
            codes = Map.copyOf(codes);
        }
    }

    /** Those that have been read and are still remembered. */
    public Map<UUID, Count> of(Collection<UUID> deliveries) {
        Map<UUID, Count> counts = new HashMap<>();
        jdbc.sql("SELECT * FROM intake_reading WHERE delivery = ANY (:deliveries)")
                .param("deliveries", deliveries.toArray(UUID[]::new))
                .query(rs -> {
                    counts.put(rs.getObject("delivery", UUID.class), count(rs));
                });
        return counts;
    }

    /** @return what was stored by an earlier reading of the same delivery, which this one replaces */
    Optional<Count> keep(Delivery delivery, DeliveryReader.Reading reading) {
        if (insert(delivery, reading) == 1) {
            return Optional.empty();
        }
        Optional<Count> before = Optional.ofNullable(of(List.of(delivery.id())).get(delivery.id()));
        jdbc.sql("DELETE FROM intake_reading WHERE delivery = :delivery")
                .param("delivery", delivery.id())
                .update();
        insert(delivery, reading);
        return before;
    }

    private int insert(Delivery delivery, DeliveryReader.Reading reading) {
        Map<Rule, Integer> codes = reading.findings().counts();
        return jdbc.sql("""
                        INSERT INTO intake_reading VALUES (:fetchedAt, :delivery, :now, :source, :accepted, :withheld,
                        :rejected, :codes, :counts) ON CONFLICT DO NOTHING""")
                .param("fetchedAt", Timestamp.from(delivery.fetchedAt()))
                .param("delivery", delivery.id())
                .param("now", Timestamp.from(clock.instant()))
                .param("source", delivery.source().name())
                .param("accepted", reading.accepted())
                .param("withheld", reading.withheld())
                .param("rejected", reading.rejected())
                .param("codes", codes.keySet().stream().map(Rule::id).toArray(String[]::new))
                .param("counts", codes.values().toArray(Integer[]::new))
                .update();
    }

    private static Count count(ResultSet rs) throws SQLException {
        String[] names = (String[]) rs.getArray("codes").getArray();
        Integer[] counts = (Integer[]) rs.getArray("counts").getArray();
        Map<String, Integer> codes = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            codes.put(names[i], counts[i]);
        }
        return new Count(
                Columns.requiredInstant(rs, "read_at"),
                rs.getInt("accepted"),
                rs.getInt("withheld"),
                rs.getInt("rejected"),
                codes);
    }
}
