package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubTest;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** One release runs beside the next on one database (docs/upgrade.md). */
@HubTest
class UpgradesTest {

    @Autowired
    Flyway flyway;

    @Autowired
    JdbcTemplate jdbc;

    /** Numbers go by room: what the next release adds stands between those that this one knows. */
    @Test
    void a_node_starts_beside_the_next_release_whatever_number_its_migrations_have() {
        add("0.5");
        add("9999");
        try {
            assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
            assertThat(flyway.migrate().migrationsExecuted).isZero();
        } finally {
            jdbc.update("DELETE FROM flyway_schema_history WHERE description = 'of the next release'");
        }
    }

    private void add(String version) {
        jdbc.update("""
                INSERT INTO flyway_schema_history
                SELECT max(installed_rank) + 1, ?, 'of the next release', 'SQL', 'V__next.sql', 1, 'hub', now(), 1, true
                FROM flyway_schema_history""", version);
    }
}
