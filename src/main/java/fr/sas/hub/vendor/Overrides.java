package fr.sas.hub.vendor;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** The SQL for operators' changes to vendors: what is in force, and the record of it. */
@Repository
public class Overrides {

    private static final int LATEST = 500;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Overrides(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The stored state of one vendor.
     *
     * @param status null when operators changed nothing
     * @param doubted whether too many of its slots turned out to be gone
     */
    public record Kept(
            @Nullable StatusOverride status, @Nullable Instant breakerForgottenAt, boolean doubted) {
        public static final Kept NOTHING = new Kept(null, null, false);
    }

    /** One action of an operator. */
    public record Action(Instant at, String action, String by, String reason) {}

    /** Read by every node several times a second: a handful of rows. */
    public Map<Source, Kept> all() {
        Map<Source, Kept> all = new HashMap<>();
        jdbc.query(
                """
                SELECT coalesce(o.source, d.source) AS vendor, o.*, d.source IS NOT NULL AS doubted
                FROM connector_override o
                FULL JOIN (SELECT source FROM connector_doubt WHERE since IS NOT NULL AND counts_until > ?) d
                ON d.source = o.source""",
                rs -> {
                    all.put(new Source(rs.getString("vendor")), kept(rs, rs.getBoolean("doubted")));
                },
                Timestamp.from(clock.instant()));
        return all;
    }

    /** Locked until the end of the transaction. */
    public Kept lock(Source source) {
        jdbc.update("INSERT INTO connector_override (source) VALUES (?) ON CONFLICT DO NOTHING", source.name());
        return jdbc.query(
                        "SELECT * FROM connector_override WHERE source = ? FOR UPDATE",
                        (rs, row) -> kept(rs, false),
                        source.name())
                .getFirst();
    }

    /** @param override null: as declared */
    public void keep(Source source, @Nullable StatusOverride override) {
        StatusOverride said = override != null && override.saysSomething() ? override : null;
        jdbc.update(
                """
                UPDATE connector_override SET paused = ?, status = ?, declared = ?, since = ?, by_whom = ?, reason = ?
                WHERE source = ?""",
                said != null && said.paused(),
                said == null
                        ? null
                        : Optional.ofNullable(said.status()).map(Enum::name).orElse(null),
                said == null ? null : said.declared().name(),
                said == null ? null : Timestamp.from(said.since()),
                said == null ? null : said.by(),
                said == null ? null : said.reason(),
                source.name());
    }

    public void forgetBreaker(Source source, Instant at) {
        jdbc.update(
                "UPDATE connector_override SET breaker_forgotten_at = ? WHERE source = ?",
                Timestamp.from(at),
                source.name());
    }

    void forget(Source source) {
        jdbc.update("DELETE FROM connector_override WHERE source = ?", source.name());
        jdbc.update("DELETE FROM connector_doubt WHERE source = ?", source.name());
    }

    public void record(Source source, Action action) {
        jdbc.update(
                "INSERT INTO connector_action (at, source, action, by_whom, reason) VALUES (?, ?, ?, ?, ?)",
                Timestamp.from(action.at),
                source.name(),
                action.action,
                action.by,
                action.reason);
    }

    /** Newest first. */
    public List<Action> actions(Source source) {
        return jdbc.query(
                "SELECT at, action, by_whom, reason FROM connector_action WHERE source = ? ORDER BY id DESC LIMIT ?",
                (rs, row) -> new Action(
                        rs.getTimestamp("at").toInstant(),
                        rs.getString("action"),
                        rs.getString("by_whom"),
                        rs.getString("reason")),
                source.name(),
                LATEST);
    }

    private static Kept kept(ResultSet rs, boolean doubted) throws SQLException {
        String declared = rs.getString("declared");
        String status = rs.getString("status");
        return new Kept(
                declared == null
                        ? null
                        : new StatusOverride(
                                rs.getBoolean("paused"),
                                status == null ? null : Vendor.Status.valueOf(status),
                                Vendor.Status.valueOf(declared),
                                rs.getTimestamp("since").toInstant(),
                                rs.getString("by_whom"),
                                rs.getString("reason")),
                Columns.instant(rs, "breaker_forgotten_at"),
                doubted);
    }
}
