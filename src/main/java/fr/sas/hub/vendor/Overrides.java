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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for operators' changes to vendors: what is in force, and the record of it. */
@Repository
public class Overrides {

    private static final int LATEST = 500;

    private final JdbcClient jdbc;
    private final Clock clock;

    Overrides(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * The stored state of one vendor.
     *
     * @param status null when operators changed nothing
     * @param doubted whether too many of its slots turned out to be gone
     */
    public record VendorOverrides(
            @Nullable StatusOverride status, @Nullable Instant breakerForgottenAt, boolean doubted) {
        public static final VendorOverrides NOTHING = new VendorOverrides(null, null, false);
    }

    /** One action of an operator. */
    public record Action(Instant at, String action, String by, String reason) {}

    /** Read by every node several times a second: a handful of rows. */
    public Map<Source, VendorOverrides> all() {
        Map<Source, VendorOverrides> all = new HashMap<>();
        jdbc.sql("""
                        SELECT coalesce(o.source, d.source) AS vendor, o.*, d.source IS NOT NULL AS doubted
                        FROM connector_override o
                        FULL JOIN (SELECT source FROM connector_doubt WHERE since IS NOT NULL AND counts_until > :now) d
                        ON d.source = o.source""").param("now", Timestamp.from(clock.instant())).query(rs -> {
            all.put(new Source(rs.getString("vendor")), vendorOverrides(rs, rs.getBoolean("doubted")));
        });
        return all;
    }

    /** Locked until the end of the transaction. */
    public VendorOverrides lock(Source source) {
        jdbc.sql("INSERT INTO connector_override (source) VALUES (:source) ON CONFLICT DO NOTHING")
                .param("source", source.name())
                .update();
        return jdbc.sql("SELECT * FROM connector_override WHERE source = :source FOR UPDATE")
                .param("source", source.name())
                .query((rs, row) -> vendorOverrides(rs, false))
                .single();
    }

    /** @param override null: as declared */
    public void save(Source source, @Nullable StatusOverride override) {
        StatusOverride said = override != null && override.saysSomething() ? override : null;
        jdbc.sql("""
                        UPDATE connector_override SET paused = :paused, status = :status, declared = :declared,
                          since = :since,
                          by_whom = :by, reason = :reason WHERE source = :source""")
                .param("paused", said != null && said.paused())
                .param(
                        "status",
                        said == null
                                ? null
                                : Optional.ofNullable(said.status())
                                        .map(Enum::name)
                                        .orElse(null))
                .param("declared", said == null ? null : said.declared().name())
                .param("since", said == null ? null : Timestamp.from(said.since()))
                .param("by", said == null ? null : said.by())
                .param("reason", said == null ? null : said.reason())
                .param("source", source.name())
                .update();
    }

    public void forgetBreaker(Source source, Instant at) {
        jdbc.sql("UPDATE connector_override SET breaker_forgotten_at = :at WHERE source = :source")
                .param("at", Timestamp.from(at))
                .param("source", source.name())
                .update();
    }

    void forget(Source source) {
        jdbc.sql("DELETE FROM connector_override WHERE source = :source")
                .param("source", source.name())
                .update();
        jdbc.sql("DELETE FROM connector_doubt WHERE source = :source")
                .param("source", source.name())
                .update();
    }

    public void record(Source source, Action action) {
        jdbc.sql("""
                        INSERT INTO connector_action (at, source, action, by_whom, reason)
                        VALUES (:at, :source, :action, :by, :reason)""")
                .param("at", Timestamp.from(action.at))
                .param("source", source.name())
                .param("action", action.action)
                .param("by", action.by)
                .param("reason", action.reason)
                .update();
    }

    /** Newest first. */
    public List<Action> actions(Source source) {
        return jdbc.sql("""
                        SELECT at, action, by_whom, reason FROM connector_action WHERE source = :source ORDER BY id DESC
                        LIMIT :most""")
                .param("source", source.name())
                .param("most", LATEST)
                .query((rs, row) -> new Action(
                        Columns.requiredInstant(rs, "at"),
                        rs.getString("action"),
                        rs.getString("by_whom"),
                        rs.getString("reason")))
                .list();
    }

    private static VendorOverrides vendorOverrides(ResultSet rs, boolean doubted) throws SQLException {
        String declared = rs.getString("declared");
        String status = rs.getString("status");
        return new VendorOverrides(
                declared == null
                        ? null
                        : new StatusOverride(
                                rs.getBoolean("paused"),
                                status == null ? null : Vendor.Status.valueOf(status),
                                Vendor.Status.valueOf(declared),
                                Columns.requiredInstant(rs, "since"),
                                rs.getString("by_whom"),
                                rs.getString("reason")),
                Columns.instant(rs, "breaker_forgotten_at"),
                doubted);
    }
}
