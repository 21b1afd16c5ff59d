package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** How many slots of each source in the index have not ended. Reads every row: call at most a few times a minute. */
@Repository
public class SlotCounts {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    SlotCounts(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Map<Source, Long> bySource() {
        Map<Source, Long> counts = new HashMap<>();
        jdbc.query(
                "SELECT source, count(*) AS slots FROM index_slot WHERE end_at > ? GROUP BY source",
                row -> {
                    counts.put(new Source(row.getString("source")), row.getLong("slots"));
                },
                Timestamp.from(clock.instant()));
        return counts;
    }
}
