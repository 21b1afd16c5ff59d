package fr.sas.hub.history;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The history that settings had of their own, in a database that an older hub wrote. */
class FormerHistoryTest {

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.fresh(), "postgres", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @Test
    void what_was_remembered_before_is_remembered_still() {
        migrateTo("048");
        jdbc.update("""
                INSERT INTO participation_change (at, practitioner, changed_by, before, after) VALUES
                ('2026-05-01Z', '810000000001', 'portal', null, '{"participates": false}'),
                ('2026-05-02Z', '810000000001', 'portal for Alice DURAND', '{"participates": false}', '{"participates": true}'),
                ('2026-05-03Z', '1750000001', 'portal', null, '{"declaresTwoHours": true}')""");

        migrateTo("056");

        assertThat(jdbc.queryForList("""
                        SELECT concat_ws(', ', subject, kind, about, client, person, before, after)
                        FROM history_change ORDER BY position""", String.class))
                .containsExactly(
                        "practitioner 810000000001, settings, settings, portal, {\"participates\": false}",
                        "practitioner 810000000001, settings, settings, portal, Alice DURAND,"
                                + " {\"participates\": false}, {\"participates\": true}",
                        "facility 1750000001, settings, settings, portal, {\"declaresTwoHours\": true}");
    }

    private void migrateTo(String version) {
        Flyway.configure()
                .dataSource(database)
                .outOfOrder(true)
                .target(version)
                .load()
                .migrate();
    }
}
