package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An extraction on its way into the tables: streamed by COPY into a table of its own, then put in place by a few
 * statements over whole sets. Memory does not grow with the file.
 */
@Component
class ExtractionTables {

    /** With fewer practitioners any file may be right. */
    private static final long ENOUGH_TO_JUDGE = 1_000;

    /** So many are told by name; of more it is told that any may have changed. */
    private static final int MOST_NAMED = 1_000;

    private static final String STAGE = """
            CREATE TEMPORARY TABLE extraction (
                practitioner text, family text, given text, profession text, specialty text, structures text[],
                address text, name text, line text, postal_code text, city text, phone text, zone text
            ) ON COMMIT DROP;
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
                    coalesce(array_agg(DISTINCT specialty ORDER BY specialty) FILTER (WHERE specialty IS NOT NULL), '{}')
                FROM extraction GROUP BY practitioner
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

    /** Rangs name one person's place, no structure that others would look for under it. */
    private static final String FACILITIES = """
            INSERT INTO directory_facility AS d (id, name, phone, line, postal_code, city, together_with)
            SELECT s.id, min(n.name), min(n.phone), min(n.line), min(n.postal_code), min(n.city),
                coalesce(array_agg(DISTINCT o.id) FILTER (WHERE o.id <> s.id AND o.id ~ '^[13]'), '{}')
            FROM naming n, unnest(n.structures) AS s(id), unnest(n.structures) AS o(id) GROUP BY s.id
            EXCEPT SELECT id, name, phone, line, postal_code, city, together_with FROM directory_facility
            ON CONFLICT (id) DO UPDATE SET name = excluded.name, phone = excluded.phone, line = excluded.line,
                postal_code = excluded.postal_code, city = excluded.city, together_with = excluded.together_with,
                version = d.version + 1
            WHERE NOT d.by_api
            """;

    private static final String FACILITIES_GONE = """
            DELETE FROM directory_facility d WHERE NOT by_api
            AND NOT EXISTS (SELECT FROM naming n, unnest(n.structures) AS s(id) WHERE s.id = d.id)
            """;

    private final JdbcTemplate jdbc;
    private final Salaried salaried;
    private final TransactionTemplate transaction;

    ExtractionTables(JdbcTemplate jdbc, Salaried salaried, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.salaried = salaried;
        this.transaction = new TransactionTemplate(transactions);
    }

    /**
     * What a load did.
     *
     * @param changed empty when everybody is as before
     */
    record Outcome(
            long lines,
            long skipped,
            long phonesLeftOut,
            long practitioners,
            long places,
            long facilities,
            long removed,
            Optional<PractitionersChanged> changed) {}

    /** All or nothing, and one at a time on all nodes: empty when another is running. */
    Optional<Outcome> replace(long load, InputStream file, boolean acceptLoss, Consumer<SkippedLine> skipped)
            throws IOException {
        try {
            return Optional.ofNullable(transaction.execute(status -> {
                if (!tryLock()) {
                    return null;
                }
                jdbc.update(
                        "UPDATE directory_load SET state = 'failed', failure = 'The node that read it stopped',"
                                + " finished_at = now() WHERE state = 'running' AND id < ?",
                        load);
                jdbc.execute(STAGE);
                Counts counts = stage(file, skipped);
                jdbc.execute("ANALYZE extraction");
                if (!acceptLoss) {
                    refuseAGreatLoss(counts);
                }
                return salaried.followAll(() -> putInPlace(counts));
            }));
        } catch (UncheckedIOException e) {
            throw java.util.Objects.requireNonNull(e.getCause());
        }
    }

    private boolean tryLock() {
        return Boolean.TRUE.equals(
                jdbc.queryForObject("SELECT pg_try_advisory_xact_lock(hashtext('directory_load'))", Boolean.class));
    }

    /** Half a file is likelier than half a country leaving. */
    private void refuseAGreatLoss(Counts counts) {
        if (counts.lines.get() == counts.skipped.get()) {
            throw new BadExtraction("The file has no line that can be used");
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
                    + " practitioners of the last extraction; if that is right, send it with acceptLoss=true");
        }
    }

    private long count(String query) {
        return java.util.Objects.requireNonNull(jdbc.queryForObject(query, Long.class));
    }

    private Outcome putInPlace(Counts counts) {
        StagedPlaces.gather(jdbc);
        long removed = jdbc.update(GONE);
        jdbc.update(PRACTITIONERS);
        jdbc.update(PLACES);
        jdbc.update(FACILITIES_GONE);
        jdbc.update(FACILITIES);
        return new Outcome(
                counts.lines.get(),
                counts.skipped.get(),
                counts.phonesLeftOut.get(),
                count("SELECT count(DISTINCT practitioner) FROM extraction"),
                count("SELECT count(*) FROM place"),
                count("SELECT count(DISTINCT s) FROM naming, unnest(structures) AS s"),
                removed,
                changed());
    }

    private Optional<PractitionersChanged> changed() {
        Set<PractitionerId> named = new HashSet<>(jdbc.query(
                "SELECT practitioner FROM changed LIMIT " + (MOST_NAMED + 1),
                (row, i) -> new PractitionerId(row.getString(1))));
        return named.isEmpty()
                ? Optional.empty()
                : Optional.of(new PractitionersChanged(named.size() > MOST_NAMED ? Set.of() : named));
    }

    private static final class Counts {
        final AtomicLong lines = new AtomicLong();
        final AtomicLong skipped = new AtomicLong();
        final AtomicLong phonesLeftOut = new AtomicLong();
    }

    private Counts stage(InputStream file, Consumer<SkippedLine> skipped) {
        Counts counts = new Counts();
        jdbc.execute((ConnectionCallback<Boolean>) connection -> {
            try (Writer copy = copy(connection)) {
                ExtractionReader.read(file, new ExtractionReader.Sink() {
                    @Override
                    public void read(ExtractionLine line) throws IOException {
                        counts.lines.incrementAndGet();
                        counts.phonesLeftOut.addAndGet(line.phoneLeftOut() ? 1 : 0);
                        write(copy, line);
                    }

                    @Override
                    public void skipped(SkippedLine line) {
                        counts.lines.incrementAndGet();
                        counts.skipped.incrementAndGet();
                        skipped.accept(line);
                    }
                });
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });
        return counts;
    }

    private static Writer copy(Connection connection) throws SQLException {
        PGConnection postgres = connection.unwrap(PGConnection.class);
        return new OutputStreamWriter(
                new PGCopyOutputStream(postgres, "COPY extraction FROM STDIN", 1 << 16), StandardCharsets.UTF_8);
    }

    private static void write(Writer copy, ExtractionLine line) throws IOException {
        String structures =
                line.structures().stream().map(StructureId::value).collect(Collectors.joining(",", "{", "}"));
        String zone = PlaceZones.ofPostalCode(line.postalCode()).getId();
        field(copy, line.practitioner().value()).append('\t');
        field(copy, line.family()).append('\t');
        field(copy, line.given()).append('\t');
        field(copy, line.profession()).append('\t');
        field(copy, line.specialty()).append('\t');
        field(copy, structures).append('\t');
        field(copy, line.address()).append('\t');
        field(copy, line.name()).append('\t');
        field(copy, line.line()).append('\t');
        field(copy, line.postalCode()).append('\t');
        field(copy, line.city()).append('\t');
        field(copy, line.phone()).append('\t');
        field(copy, zone).append('\n');
    }

    /** As COPY's text format wants it: what ends a field or a row is escaped, null is {@code \N}. */
    private static Writer field(Writer copy, @Nullable String text) throws IOException {
        if (text == null) {
            copy.write("\\N");
            return copy;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> copy.write("\\\\");
                case '\t' -> copy.write("\\t");
                case '\n' -> copy.write("\\n");
                case '\r' -> copy.write("\\r");
                default -> copy.write(c);
            }
        }
        return copy;
    }
}
