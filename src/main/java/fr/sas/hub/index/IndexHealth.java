package fr.sas.hub.index;

import fr.sas.hub.database.DatabasePulse;
import javax.sql.DataSource;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** Whether searches can be answered: reads the index as a search does. */
@Component("indexHealthIndicator")
class IndexHealth implements HealthIndicator {

    private static final int PATIENCE_SECONDS = 2;

    private final JdbcTemplate jdbc;
    private final IndexNews news;
    private final DatabasePulse pulse;
    private final MemoryTrust memory;

    IndexHealth(DataSource database, IndexNews news, DatabasePulse pulse, MemoryTrust memory) {
        this.jdbc = new JdbcTemplate(database);
        this.jdbc.setQueryTimeout(PATIENCE_SECONDS);
        this.news = news;
        this.pulse = pulse;
        this.memory = memory;
    }

    @Override
    public Health health() {
        if (pulse.isSilent()) {
            return memory.counts()
                    ? warning("The database does not answer; what this node holds in memory is still searched")
                    : Health.down()
                            .withDetail("reason", "The database does not answer")
                            .build();
        }
        try {
            jdbc.query("SELECT id FROM index_slot LIMIT 1", row -> {});
        } catch (DataAccessException e) {
            return Health.down()
                    .withDetail(
                            "reason",
                            "The index cannot be read: " + e.getClass().getSimpleName())
                    .build();
        }
        return news.isHearing()
                ? Health.up().build()
                : warning("This node does not receive changes made by other nodes; it retries every second");
    }

    private static Health warning(String reason) {
        return Health.status(new Status("WARN")).withDetail("reason", reason).build();
    }
}
