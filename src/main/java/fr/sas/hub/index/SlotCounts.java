package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many slots of each source in the index have not ended. Reads every row: call at most a few times a minute. */
@Repository
public class SlotCounts {

    private final JdbcClient jdbc;
    private final Clock clock;

    SlotCounts(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Map<Source, Long> bySource() {
        Map<Source, Long> counts = new HashMap<>();
        jdbc.sql("SELECT source, count(*) AS slots FROM index_slot WHERE end_at > :now GROUP BY source")
                .param("now", Timestamp.from(clock.instant()))
                .query(row -> {
                    counts.put(new Source(row.getString("source")), row.getLong("slots"));
                });
        return counts;
    }
}
