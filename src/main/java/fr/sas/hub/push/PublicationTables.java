package fr.sas.hub.push;

import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** What was taken of vendors' publications. */
@Repository
class PublicationTables {

    private final JdbcTemplate jdbc;

    PublicationTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What was taken last; everything null when nothing was. */
    record Last(
            @Nullable String etag,
            @Nullable String transactionTime,
            @Nullable Instant completeAt) {}

    /** Takes the vendor's publication for this node, when it is due and nobody has it. */
    Optional<Last> claim(String vendor, Instant now, Instant until) {
        jdbc.update(
                "INSERT INTO push_publication (vendor, due_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                vendor,
                Timestamp.from(now));
        return jdbc
                .query(
                        """
                        UPDATE push_publication SET claimed_until = ?
                        WHERE vendor = ? AND due_at <= ? AND (claimed_until IS NULL OR claimed_until <= ?)
                        RETURNING etag, transaction_time, complete_at""",
                        (rs, row) -> new Last(
                                rs.getString("etag"),
                                rs.getString("transaction_time"),
                                Columns.instant(rs, "complete_at")),
                        Timestamp.from(until),
                        vendor,
                        Timestamp.from(now),
                        Timestamp.from(now))
                .stream()
                .findFirst();
    }

    void release(String vendor, Instant dueAt) {
        jdbc.update(
                "UPDATE push_publication SET claimed_until = NULL, due_at = ? WHERE vendor = ?",
                Timestamp.from(dueAt),
                vendor);
    }

    void taken(String vendor, @Nullable String etag, String transactionTime, @Nullable Instant completeAt) {
        jdbc.update("""
                UPDATE push_publication SET etag = ?, transaction_time = ?, complete_at = coalesce(?, complete_at)
                WHERE vendor = ?""", etag, transactionTime, completeAt == null ? null : Timestamp.from(completeAt), vendor);
    }

    void forget(String vendor) {
        jdbc.update("DELETE FROM push_publication WHERE vendor = ?", vendor);
    }

    /** For the transaction under way: what a complete publication has, so that what it has not can go. */
    void beginSeeing() {
        jdbc.execute("CREATE TEMPORARY TABLE push_seen (type text, id text) ON COMMIT DROP");
    }

    void seen(Collection<Address> addresses) {
        jdbc.update(
                "INSERT INTO push_seen SELECT * FROM unnest(?::text[], ?::text[])",
                addresses.stream().map(Address::type).toArray(String[]::new),
                addresses.stream().map(Address::id).toArray(String[]::new));
    }

    /** Some of the vendor's resources that were not seen. */
    List<Address> unseen(String vendor, int atMost) {
        return jdbc.query("""
                SELECT r.type, r.id FROM push_resource r LEFT JOIN push_seen s USING (type, id)
                WHERE r.vendor = ? AND NOT r.deleted AND s.id IS NULL LIMIT ?""", (rs, row) -> new Address(rs.getString("type"), rs.getString("id")), vendor, atMost);
    }
}
