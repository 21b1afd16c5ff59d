package fr.sas.hub.directory;

import fr.sas.hub.slot.StructureId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
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

    private static final String STAGE = """
            CREATE TEMPORARY TABLE extraction (
                practitioner text, family text, given text, profession text, specialty text, place text,
                structures text, name text, line text, postal_code text, city text, phone text, zone text
            ) ON COMMIT DROP
            """;

    private static final String PRACTITIONERS = """
            INSERT INTO directory_practitioner AS d (id, family, given, profession, specialties, load)
            SELECT practitioner, min(family),
                coalesce(string_to_array(min(given), ' '), '{}'), min(profession),
                coalesce(array_agg(DISTINCT specialty ORDER BY specialty) FILTER (WHERE specialty IS NOT NULL), '{}'), ?
            FROM extraction GROUP BY practitioner
            ON CONFLICT (id) DO UPDATE SET load = excluded.load, family = excluded.family, given = excluded.given,
                profession = excluded.profession, specialties = excluded.specialties,
                version = d.version + CASE WHEN (d.family, d.given, d.profession, d.specialties) IS DISTINCT FROM
                    (excluded.family, excluded.given, excluded.profession, excluded.specialties) THEN 1 ELSE 0 END
            WHERE d.load IS NOT NULL
            """;

    private static final String PLACES = """
            INSERT INTO directory_place AS d
                (practitioner, id, structures, name, line, postal_code, city, phone, zone, load)
            SELECT e.practitioner, e.place,
                array_remove(string_to_array((array_agg(e.structures ORDER BY length(e.structures) DESC))[1], ','), ''),
                min(e.name), min(e.line), min(e.postal_code), min(e.city), min(e.phone), min(e.zone), ?
            FROM extraction e JOIN directory_practitioner p ON p.id = e.practitioner AND p.load IS NOT NULL
            WHERE e.place IS NOT NULL GROUP BY e.practitioner, e.place
            ON CONFLICT (practitioner, id) DO UPDATE SET load = excluded.load, structures = excluded.structures,
                name = excluded.name, line = excluded.line, postal_code = excluded.postal_code, city = excluded.city,
                phone = excluded.phone, zone = excluded.zone
            """;

    private static final String FACILITIES = """
            INSERT INTO directory_facility AS d (id, name, phone, line, postal_code, city, load)
            SELECT s.id, min(e.name), min(e.phone), min(e.line), min(e.postal_code), min(e.city), ?
            FROM extraction e, unnest(string_to_array(e.structures, ',')) AS s(id)
            WHERE s.id <> '' GROUP BY s.id
            ON CONFLICT (id) DO UPDATE SET load = excluded.load, name = excluded.name, phone = excluded.phone,
                line = excluded.line, postal_code = excluded.postal_code, city = excluded.city
            WHERE d.load IS NOT NULL
            """;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    ExtractionTables(JdbcTemplate jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** What a load did. */
    record Outcome(
            long lines,
            long skipped,
            long phonesLeftOut,
            long practitioners,
            long places,
            long facilities,
            long removed) {}

    /** All or nothing, and one at a time on all nodes. */
    Outcome replace(long load, InputStream file, boolean acceptLoss, Consumer<SkippedLine> skipped) throws IOException {
        try {
            Outcome outcome = transaction.execute(status -> {
                jdbc.query("SELECT pg_advisory_xact_lock(hashtext('directory_load'))", row -> {});
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
                return putInPlace(load, counts);
            });
            return java.util.Objects.requireNonNull(outcome);
        } catch (UncheckedIOException e) {
            throw java.util.Objects.requireNonNull(e.getCause());
        }
    }

    /** Half a file is likelier than half a country leaving. */
    private void refuseAGreatLoss(Counts counts) {
        if (counts.lines.get() == counts.skipped.get()) {
            throw new BadExtraction("The file has no line that can be used");
        }
        long known = count("SELECT count(*) FROM directory_practitioner WHERE load IS NOT NULL");
        if (known < ENOUGH_TO_JUDGE) {
            return;
        }
        long kept = count("""
                SELECT count(*) FROM directory_practitioner p WHERE load IS NOT NULL
                AND EXISTS (SELECT FROM extraction e WHERE e.practitioner = p.id)""");
        if (kept < known / 2) {
            throw new BadExtraction("The file names only " + kept + " of the " + known
                    + " practitioners of the last extraction; if that is right, send it with acceptLoss=true");
        }
    }

    private long count(String query) {
        return java.util.Objects.requireNonNull(jdbc.queryForObject(query, Long.class));
    }

    private Outcome putInPlace(long load, Counts counts) {
        long practitioners = jdbc.update(PRACTITIONERS, load);
        long removed = jdbc.update("DELETE FROM directory_practitioner WHERE load <> ?", load);
        long places = jdbc.update(PLACES, load);
        jdbc.update("DELETE FROM directory_place WHERE load <> ?", load);
        long facilities = jdbc.update(FACILITIES, load);
        jdbc.update("DELETE FROM directory_facility WHERE load <> ?", load);
        return new Outcome(
                counts.lines.get(),
                counts.skipped.get(),
                counts.phonesLeftOut.get(),
                practitioners,
                places,
                facilities,
                removed);
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
        String structures = line.structures().stream().map(StructureId::value).collect(Collectors.joining(","));
        String zone = PlaceZones.ofPostalCode(line.postalCode()).getId();
        field(copy, line.practitioner().value()).append('\t');
        field(copy, line.family()).append('\t');
        field(copy, line.given()).append('\t');
        field(copy, line.profession()).append('\t');
        field(copy, line.specialty()).append('\t');
        field(copy, line.placeId()).append('\t');
        field(copy, structures).append('\t');
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
