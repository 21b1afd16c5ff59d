package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Loads an extraction into the tables: streamed by COPY into a staging table, then applied by a few set-based
 * statements. Memory use does not depend on the size of the file.
 */
@Component
class ExtractionTables {

    /** With fewer practitioners, any file is accepted. */
    private static final long ENOUGH_TO_JUDGE = 1_000;

    /** Up to this many changes are announced by id; beyond it, the announcement is that anyone may have changed. */
    private static final int MOST_NAMED = 1_000;

    private static final String STAGE = """
            CREATE TEMPORARY TABLE extraction (
                practitioner text, family text, given text, profession text, specialty text, structures text[],
                address text, name text, line text, postal_code text, city text, phone text, zone text,
                kind text
            ) ON COMMIT DROP;
            CREATE TEMPORARY TABLE extraction_specialty (practitioner text, code text) ON COMMIT DROP;
            CREATE TEMPORARY TABLE changed (practitioner text PRIMARY KEY) ON COMMIT DROP
            """;

    private static final String GONE = """
            WITH gone AS (
                DELETE FROM directory_practitioner p WHERE NOT by_api
                AND NOT EXISTS (SELECT FROM extraction e WHERE e.practitioner = p.id) RETURNING id)
            INSERT INTO changed SELECT id FROM gone
            """;

    /** What is as it was is not written, here and below: EXCEPT leaves it out. */
    private static final String PRACTITIONERS = """
            WITH written AS (
                INSERT INTO directory_practitioner AS d (id, family, given, profession, specialties)
                SELECT practitioner, min(family),
                    coalesce(string_to_array(min(given), ' '), '{}'), min(profession),
                    coalesce(array_agg(DISTINCT code ORDER BY code) FILTER (WHERE code IS NOT NULL), '{}')
                FROM (SELECT practitioner, family, given, profession, specialty AS code FROM extraction
                      UNION ALL SELECT practitioner, NULL, NULL, NULL, code FROM extraction_specialty) line
                GROUP BY practitioner HAVING min(family) IS NOT NULL
                EXCEPT SELECT id, family, given, profession, specialties FROM directory_practitioner
                ON CONFLICT (id) DO UPDATE SET family = excluded.family, given = excluded.given,
                    profession = excluded.profession, specialties = excluded.specialties, version = d.version + 1
                WHERE NOT d.by_api RETURNING id)
            INSERT INTO changed SELECT id FROM written
            """;

    private static final String PLACES = """
            WITH theirs AS (
                SELECT p.* FROM place p JOIN directory_practitioner d ON d.id = p.practitioner AND NOT d.by_api),
            gone AS (
                DELETE FROM directory_place d USING directory_practitioner p
                WHERE p.id = d.practitioner AND NOT p.by_api
                AND NOT EXISTS (SELECT FROM theirs t WHERE t.practitioner = d.practitioner AND t.id = d.id)
                RETURNING d.practitioner),
            written AS (
                INSERT INTO directory_place
                    (practitioner, id, structures, name, line, postal_code, city, phone, zone)
                SELECT practitioner, id, structures, name, line, postal_code, city, phone, zone FROM theirs
                EXCEPT
                SELECT practitioner, id, structures, name, line, postal_code, city, phone, zone FROM directory_place
                ON CONFLICT (practitioner, id) DO UPDATE SET structures = excluded.structures, name = excluded.name,
                    line = excluded.line, postal_code = excluded.postal_code, city = excluded.city,
                    phone = excluded.phone, zone = excluded.zone
                RETURNING practitioner),
            moved AS (
                INSERT INTO changed SELECT practitioner FROM gone UNION SELECT practitioner FROM written
                ON CONFLICT DO NOTHING RETURNING practitioner)
            UPDATE directory_practitioner SET version = version + 1 WHERE id IN (SELECT practitioner FROM moved)
            """;

    /**
     * A rang identifies one person's place, not a structure that others would look up by it. Of several ids of a
     * structure only the preferred one has a kind, and none where the API wrote it under another, so it is stored and
     * listed once.
     */
    private static final String FACILITIES = """
            INSERT INTO directory_facility AS d (id, name, kind, phone, line, postal_code, city, together_with)
            SELECT id, name, CASE WHEN id < ALL (together_with) AND NOT EXISTS (
                  SELECT FROM directory_facility a WHERE a.by_api AND a.id = ANY (t.together_with)) THEN kind END,
                phone, line, postal_code, city, together_with
            FROM (SELECT s.id, min(n.name) AS name, mode() WITHIN GROUP (ORDER BY n.kind) AS kind, min(n.phone) AS phone,
                    min(n.line) AS line, min(n.postal_code) AS postal_code, min(n.city) AS city,
                    coalesce(array_agg(DISTINCT o.id) FILTER (WHERE o.id <> s.id AND o.id ~ '^[13]'), '{}') AS together_with
                FROM naming n, unnest(n.structures) AS s(id), unnest(n.structures) AS o(id) GROUP BY s.id) t
            EXCEPT SELECT id, name, kind, phone, line, postal_code, city, together_with FROM directory_facility
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, phone = excluded.phone,
                line = excluded.line, postal_code = excluded.postal_code, city = excluded.city,
                together_with = excluded.together_with, version = d.version + 1
            WHERE NOT d.by_api
            """;

    private static final String FACILITIES_GONE = """
            DELETE FROM directory_facility d WHERE NOT by_api
            AND NOT EXISTS (SELECT FROM naming n, unnest(n.structures) AS s(id) WHERE s.id = d.id)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate copying;
    private final SalariedDoctors salaried;
    private final TransactionTemplate transaction;

    ExtractionTables(
            JdbcClient jdbc, JdbcTemplate copying, SalariedDoctors salaried, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.copying = copying;
        this.salaried = salaried;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * The result of a load.
     *
     * @param changed empty when no one has changed
     * @param facilitiesChanged how many structures were added, changed or removed
     */
    record Outcome(
            long lines,
            long skipped,
            long phonesLeftOut,
            long practitioners,
            long places,
            long facilities,
            long removed,
            Optional<PractitionersChanged> changed,
            long facilitiesChanged) {}

    /** All or nothing, and one at a time across all nodes: empty when another is running. */
    Optional<Outcome> replace(long load, InputStream file, boolean acceptLoss, Consumer<SkippedLine> skipped)
            throws IOException {
        try {
            return Optional.ofNullable(transaction.execute(status -> {
                if (!tryLock()) {
                    return null;
                }
                jdbc.sql("UPDATE directory_load SET state = 'failed', failure = 'The node that read it stopped',"
                                + " finished_at = now() WHERE state = 'running' AND id < :load")
                        .param("load", load)
                        .update();
                jdbc.sql(STAGE).update();
                StagedLines lines = stage(file, skipped);
                jdbc.sql("ANALYZE extraction, extraction_specialty").update();
                if (!acceptLoss) {
                    refuseAGreatLoss(lines);
                }
                return salaried.followAll(() -> putInPlace(lines));
            }));
        } catch (UncheckedIOException e) {
            throw Objects.requireNonNull(e.getCause());
        }
    }

    private boolean tryLock() {
        return jdbc.sql("SELECT pg_try_advisory_xact_lock(hashtext('directory_load'))")
                .query(Boolean.class)
                .single();
    }

    /** A truncated file is more likely than half the country leaving. */
    private void refuseAGreatLoss(StagedLines lines) {
        if (lines.activities() == 0) {
            throw new BadExtraction("The file has no usable line");
        }
        long known = count("SELECT count(*) FROM directory_practitioner WHERE NOT by_api");
        if (known < ENOUGH_TO_JUDGE) {
            return;
        }
        long kept = count("""
                SELECT count(*) FROM directory_practitioner p WHERE NOT by_api
                AND EXISTS (SELECT FROM extraction e WHERE e.practitioner = p.id)""");
        if (kept < known / 2) {
            throw new BadExtraction("The file names only " + kept + " of the " + known
                    + " practitioners of the last extraction; if that is intended, send it with acceptLoss=true");
        }
    }

    private long count(String query) {
        return jdbc.sql(query).query(Long.class).single();
    }

    private Outcome putInPlace(StagedLines lines) {
        StagedPlaces.gather(jdbc);
        long removed = jdbc.sql(GONE).update();
        jdbc.sql(PRACTITIONERS).update();
        jdbc.sql(PLACES).update();
        long facilitiesChanged =
                jdbc.sql(FACILITIES_GONE).update() + jdbc.sql(FACILITIES).update();
        return new Outcome(
                lines.read(),
                lines.skipped(),
                lines.phonesLeftOut(),
                count("SELECT count(DISTINCT practitioner) FROM extraction"),
                count("SELECT count(*) FROM place"),
                count("SELECT count(DISTINCT s) FROM naming, unnest(structures) AS s"),
                removed,
                changed(),
                facilitiesChanged);
    }

    private Optional<PractitionersChanged> changed() {
        Set<PractitionerId> named = new HashSet<>(jdbc.sql("SELECT practitioner FROM changed LIMIT " + (MOST_NAMED + 1))
                .query((row, i) -> new PractitionerId(row.getString("practitioner")))
                .list());
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(new PractitionersChanged(named.size() > MOST_NAMED ? Set.of() : named));
    }

    private StagedLines stage(InputStream file, Consumer<SkippedLine> skipped) {
        return Objects.requireNonNull(copying.execute((ConnectionCallback<StagedLines>) connection -> {
            try (StagedLines lines = new StagedLines(connection.unwrap(PGConnection.class), skipped)) {
                ExtractionReader.read(file, lines);
                return lines;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }
}
