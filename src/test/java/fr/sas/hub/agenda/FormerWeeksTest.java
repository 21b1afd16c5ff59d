package fr.sas.hub.agenda;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.TestDatabase;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Weekly entries of a database that an older hub wrote: their date was only the day from which they came. */
class FormerWeeksTest {

    private final DriverManagerDataSource database = new DriverManagerDataSource(TestDatabase.fresh(), "postgres", "");
    private final JdbcTemplate jdbc = new JdbcTemplate(database);

    @Test
    void they_take_place_on_the_same_days_as_before() {
        migrateTo("102");
        jdbc.update("INSERT INTO agenda_subject VALUES ('810000000001', 'DURAND', '{Alice}', null)");
        weekly("2026-06-12", "{MONDAY,THURSDAY}");
        weekly("2026-06-12", "{FRIDAY}");
        weekly("2026-06-12", null);

        migrateTo("135");

        assertThat(jdbc.queryForList("SELECT first_date::text FROM agenda_entry ORDER BY weekdays", String.class))
                .containsExactly("2026-06-12", "2026-06-15", "2026-06-12");
    }

    private void weekly(String date, @Nullable String weekdays) {
        jdbc.update("""
                INSERT INTO agenda_entry (id, subject, place, zone, kind, first_date, start_time, end_time, capacity,
                  modes, audiences, version, created_at, created_by, changed_at, changed_by, weekdays, made_until)
                VALUES (gen_random_uuid(), '810000000001', 'place', 'Europe/Paris', 'SLOT', ?::date, '09:00', '09:15', 1,
                  '{AT_PRACTICE}', '{PUBLIC}', 1, now(), 'portal', now(), 'portal', ?::text[],
                  CASE WHEN ? THEN null ELSE current_date END)""", date, weekdays, weekdays == null);
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
