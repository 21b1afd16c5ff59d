package fr.sas.hub.intake;

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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** The result of reading each delivery, in numbers. */
@Service
public class Readings {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Readings(JdbcTemplate jdbc, Clock clock) {
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
        jdbc.query(
                "SELECT * FROM intake_reading WHERE delivery = ANY (?)",
                rs -> {
                    counts.put(rs.getObject("delivery", UUID.class), count(rs));
                },
                (Object) deliveries.toArray(UUID[]::new));
        return counts;
    }

    /** @return what was stored by an earlier reading of the same delivery, which this one replaces */
    Optional<Count> keep(Delivery delivery, DeliveryReader.Reading reading) {
        if (insert(delivery, reading) == 1) {
            return Optional.empty();
        }
        Optional<Count> before = Optional.ofNullable(of(List.of(delivery.id())).get(delivery.id()));
        jdbc.update("DELETE FROM intake_reading WHERE delivery = ?", delivery.id());
        insert(delivery, reading);
        return before;
    }

    private int insert(Delivery delivery, DeliveryReader.Reading reading) {
        Map<Rule, Integer> codes = reading.findings().counts();
        return jdbc.update(
                "INSERT INTO intake_reading VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                Timestamp.from(delivery.fetchedAt()),
                delivery.id(),
                Timestamp.from(clock.instant()),
                delivery.source().name(),
                reading.accepted(),
                reading.withheld(),
                reading.rejected(),
                codes.keySet().stream().map(Rule::id).toArray(String[]::new),
                codes.values().toArray(Integer[]::new));
    }

    private static Count count(ResultSet rs) throws SQLException {
        String[] names = (String[]) rs.getArray("codes").getArray();
        Integer[] counts = (Integer[]) rs.getArray("counts").getArray();
        Map<String, Integer> codes = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            codes.put(names[i], counts[i]);
        }
        return new Count(
                rs.getTimestamp("read_at").toInstant(),
                rs.getInt("accepted"),
                rs.getInt("withheld"),
                rs.getInt("rejected"),
                codes);
    }
}
