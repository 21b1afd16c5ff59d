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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;

/** Loads national extractions into the directory, one at a time, and records each load. */
@Service
public class Loads {

    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);
    private static final int MOST_SKIPPED_LINES_KEPT = 1_000;

    private final JdbcTemplate jdbc;
    private final ExtractionTables tables;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Loads(JdbcTemplate jdbc, ExtractionTables tables, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
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
            boolean known = Boolean.TRUE.equals(jdbc.queryForObject(
                    "SELECT exists(SELECT FROM directory_load WHERE fingerprint = ? AND state = 'done')",
                    Boolean.class,
                    fingerprint));
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
                jdbc.update("DELETE FROM directory_load WHERE id = ?", id);
                return Optional.empty();
            }
            keep(id, skipped);
            jdbc.update(
                    """
                    UPDATE directory_load SET state = 'done', finished_at = ?, lines = ?, skipped = ?, phones_left_out = ?,
                        practitioners = ?, places = ?, facilities = ?, removed = ? WHERE id = ?
                    """,
                    Timestamp.from(clock.instant()),
                    outcome.lines(),
                    outcome.skipped(),
                    outcome.phonesLeftOut(),
                    outcome.practitioners(),
                    outcome.places(),
                    outcome.facilities(),
                    outcome.removed(),
                    id);
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
            keep(id, skipped);
            failed(id, String.valueOf(e.getMessage()));
            LOG.error("Extraction {} (load {}) was not read and changed nothing: {}", name, id, e.getMessage());
        } catch (RuntimeException e) {
            failed(id, "The hub failed; the incident is logged");
            throw e;
        }
        return find(id);
    }

    private long begin(String name, @Nullable String fingerprint) {
        Long id = jdbc.queryForObject(
                "INSERT INTO directory_load (file, fingerprint, state, started_at) VALUES (?, ?, 'running', ?) RETURNING id",
                Long.class,
                name,
                fingerprint,
                Timestamp.from(clock.instant()));
        return java.util.Objects.requireNonNull(id);
    }

    private void failed(long id, String why) {
        jdbc.update(
                "UPDATE directory_load SET state = 'failed', failure = ?, finished_at = ? WHERE id = ?",
                why,
                Timestamp.from(clock.instant()),
                id);
    }

    private void keep(long id, List<SkippedLine> skipped) {
        jdbc.batchUpdate(
                "INSERT INTO directory_skipped_line (load, file, line, rule, sentence, excerpt) VALUES (?, ?, ?, ?, ?, ?)",
                skipped.stream()
                        .map(line -> new Object[] {
                            id, line.file(), line.line(), line.rule().name(), line.sentence(), line.excerpt()
                        })
                        .toList());
    }

    /** The latest first, at most 50, without their skipped lines. */
    public List<Load> list() {
        return jdbc.query("SELECT * FROM directory_load ORDER BY id DESC LIMIT 50", (row, i) -> load(row, List.of()));
    }

    /** With the first of its skipped lines. Empty when there is none. */
    public Optional<Load> find(long id) {
        List<SkippedLine> skipped = jdbc.query(
                "SELECT * FROM directory_skipped_line WHERE load = ? ORDER BY file NULLS FIRST, line",
                (row, i) -> new SkippedLine(
                        row.getString("file"),
                        row.getLong("line"),
                        SkippedLine.Rule.valueOf(row.getString("rule")),
                        row.getString("sentence"),
                        row.getString("excerpt")),
                id);
        return jdbc.query("SELECT * FROM directory_load WHERE id = ?", (row, i) -> load(row, skipped), id).stream()
                .findFirst();
    }

    private static Load load(ResultSet row, List<SkippedLine> skipped) throws SQLException {
        return new Load(
                row.getLong("id"),
                row.getString("file"),
                row.getString("state"),
                row.getString("failure"),
                row.getTimestamp("started_at").toInstant(),
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
