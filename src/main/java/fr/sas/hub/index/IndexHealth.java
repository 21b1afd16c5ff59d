package fr.sas.hub.index;

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

    IndexHealth(DataSource database, IndexNews news) {
        this.jdbc = new JdbcTemplate(database);
        this.jdbc.setQueryTimeout(PATIENCE_SECONDS);
        this.news = news;
    }

    @Override
    public Health health() {
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
                : Health.status(new Status("WARN"))
                        .withDetail(
                                "reason",
                                "This node does not receive changes made by other nodes; it retries every second")
                        .build();
    }
}
