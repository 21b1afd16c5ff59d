package fr.sas.hub.directory;

import fr.sas.hub.database.Columns;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;

/** Loads national extractions into the directory, one at a time, and records each load. */
@Service
public class Loads {

    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
    private static final int MOST_SKIPPED_LINES_KEPT = 1_000;

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;
    private final ExtractionTables tables;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Loads(
            JdbcClient jdbc,
            NamedParameterJdbcTemplate batches,
            ExtractionTables tables,
            ApplicationEventPublisher events,
            Clock clock) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.tables = tables;
        this.events = events;
        this.clock = clock;
    }

    /**
     * Loads the file unless it was already loaded completely and has not changed since. Never throws: the load records
     * the result.
     */
    void loadOnce(Path file) {
        try {
            String fingerprint = file.toAbsolutePath().normalize() + " " + Files.size(file) + " "
                    + Files.getLastModifiedTime(file).toMillis();
            boolean known = jdbc.sql(
                            "SELECT exists(SELECT FROM directory_load WHERE fingerprint = :fingerprint AND state = 'done')")
                    .param("fingerprint", fingerprint)
                    .query(Boolean.class)
                    .single();
            if (known) {
                LOG.info("The extraction {} was loaded before and has not changed", file);
                return;
            }
            try (InputStream in = Files.newInputStream(file)) {
                if (load(file.getFileName().toString(), fingerprint, in, false).isEmpty()) {
                    LOG.warn("The extraction {} is skipped: another one is being read", file);
                }
            }
        } catch (IOException e) {
            LOG.error("The extraction {} cannot be read: {}", file, e.toString());
            failed(begin(file.toString(), null), e.toString());
        }
    }

    /**
     * Loads one extraction completely. It replaces the data of earlier extractions; data written through the API is
     * kept. All or nothing: a failed load changes nothing.
     *
     * @param acceptLoss accept a file with less than half of the practitioners of the last extraction
     * @return empty when another load is running, on any node: this one was not started
     */
    Optional<Load> load(String name, @Nullable String fingerprint, InputStream file, boolean acceptLoss) {
        long id = begin(name, fingerprint);
        List<SkippedLine> skipped = new ArrayList<>();
        try {
            ExtractionTables.Outcome outcome = tables.replace(id, file, acceptLoss, line -> {
                        if (skipped.size() < MOST_SKIPPED_LINES_KEPT) {
                            skipped.add(line);
                        }
                    })
                    .orElse(null);
            if (outcome == null) {
                jdbc.sql("DELETE FROM directory_load WHERE id = :id")
                        .param("id", id)
                        .update();
                return Optional.empty();
            }
            save(id, skipped);
            jdbc.sql("""
                            UPDATE directory_load SET state = 'done', finished_at = :now, lines = :lines,
                              skipped = :skipped,
                                phones_left_out = :phonesLeftOut, practitioners = :practitioners, places = :places,
                                facilities = :facilities, removed = :removed WHERE id = :id
                            """)
                    .param("now", Timestamp.from(clock.instant()))
                    .param("lines", outcome.lines())
                    .param("skipped", outcome.skipped())
                    .param("phonesLeftOut", outcome.phonesLeftOut())
                    .param("practitioners", outcome.practitioners())
                    .param("places", outcome.places())
                    .param("facilities", outcome.facilities())
                    .param("removed", outcome.removed())
                    .param("id", id)
                    .update();
            LOG.info(
                    "Extraction {} read as load {}: {} lines, {} skipped, {} practitioners, {} removed",
                    name,
                    id,
                    outcome.lines(),
                    outcome.skipped(),
                    outcome.practitioners(),
                    outcome.removed());
            outcome.changed().ifPresent(events::publishEvent);
            if (outcome.facilitiesChanged() > 0) {
                events.publishEvent(new FacilitiesChanged());
            }
        } catch (BadExtraction | IOException e) {
            save(id, skipped);
            failed(id, String.valueOf(e.getMessage()));
            LOG.error("Extraction {} (load {}) was not read and changed nothing: {}", name, id, e.getMessage());
        } catch (RuntimeException e) {
            failed(id, "The hub failed; the incident is logged");
            throw e;
        }
        return find(id);
    }

    private long begin(String name, @Nullable String fingerprint) {
        return jdbc.sql("""
                        INSERT INTO directory_load (file, fingerprint, state, started_at)
                        VALUES (:name, :fingerprint, 'running', :now) RETURNING id""")
                .param("name", name)
                .param("fingerprint", fingerprint)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }

    private void failed(long id, String why) {
        jdbc.sql("UPDATE directory_load SET state = 'failed', failure = :failure, finished_at = :now WHERE id = :id")
                .param("failure", why)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
    }

    private void save(long id, List<SkippedLine> skipped) {
        batches.batchUpdate(
                """
                INSERT INTO directory_skipped_line (load, file, line, rule, sentence, excerpt)
                VALUES (:load, :file, :line, :rule, :sentence, :excerpt)""",
                skipped.stream()
                        .map(line -> new MapSqlParameterSource("load", id)
                                .addValue("file", line.file())
                                .addValue("line", line.line())
                                .addValue("rule", line.rule().name())
                                .addValue("sentence", line.sentence())
                                .addValue("excerpt", line.excerpt()))
                        .toArray(SqlParameterSource[]::new));
    }

    /** The latest first, at most 50, without their skipped lines. */
    public List<Load> list() {
        return jdbc.sql("SELECT * FROM directory_load ORDER BY id DESC LIMIT 50")
                .query((row, i) -> load(row, List.of()))
                .list();
    }

    /** With the first of its skipped lines. Empty when there is none. */
    public Optional<Load> find(long id) {
        List<SkippedLine> skipped = jdbc.sql(
                        "SELECT * FROM directory_skipped_line WHERE load = :id ORDER BY file NULLS FIRST, line")
                .param("id", id)
                .query((row, i) -> new SkippedLine(
                        row.getString("file"),
                        row.getLong("line"),
                        SkippedLine.Rule.valueOf(row.getString("rule")),
                        row.getString("sentence"),
                        row.getString("excerpt")))
                .list();
        return jdbc.sql("SELECT * FROM directory_load WHERE id = :id")
                .param("id", id)
                .query((row, i) -> load(row, skipped))
                .optional();
    }

    private static Load load(ResultSet row, List<SkippedLine> skipped) throws SQLException {
        return new Load(
                row.getLong("id"),
                row.getString("file"),
                row.getString("state"),
                row.getString("failure"),
                Columns.requiredInstant(row, "started_at"),
                Columns.instant(row, "finished_at"),
                row.getLong("lines"),
                row.getLong("skipped"),
                row.getLong("phones_left_out"),
                row.getLong("practitioners"),
                row.getLong("places"),
                row.getLong("facilities"),
                row.getLong("removed"),
                skipped);
    }
}
