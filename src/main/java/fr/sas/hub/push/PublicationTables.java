package fr.sas.hub.push;

import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What was last imported from each vendor's publication. */
@Repository
class PublicationTables {

    private final JdbcClient jdbc;

    PublicationTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The last import; all null if there was none. */
    record LastImport(
            @Nullable String etag,
            @Nullable String transactionTime,
            @Nullable Instant completeAt) {}

    /** Claims the vendor's publication for this node, if it is due and no other node has claimed it. */
    Optional<LastImport> claim(String vendor, Instant now, Instant until) {
        jdbc.sql("INSERT INTO push_publication (vendor, due_at) VALUES (:vendor, :now) ON CONFLICT DO NOTHING")
                .param("vendor", vendor)
                .param("now", Timestamp.from(now))
                .update();
        return jdbc.sql("""
                        UPDATE push_publication SET claimed_until = :until
                        WHERE vendor = :vendor AND due_at <= :now AND (claimed_until IS NULL OR claimed_until <= :now)
                        RETURNING etag, transaction_time, complete_at""")
                .param("until", Timestamp.from(until))
                .param("vendor", vendor)
                .param("now", Timestamp.from(now))
                .query((rs, row) -> new LastImport(
                        rs.getString("etag"), rs.getString("transaction_time"), Columns.instant(rs, "complete_at")))
                .optional();
    }

    void release(String vendor, Instant dueAt) {
        jdbc.sql("UPDATE push_publication SET claimed_until = NULL, due_at = :dueAt WHERE vendor = :vendor")
                .param("dueAt", Timestamp.from(dueAt))
                .param("vendor", vendor)
                .update();
    }

    void taken(String vendor, @Nullable String etag, String transactionTime, @Nullable Instant completeAt) {
        jdbc.sql("""
                        UPDATE push_publication SET etag = :etag, transaction_time = :transactionTime,
                          complete_at = coalesce(:completeAt, complete_at)
                        WHERE vendor = :vendor""")
                .param("etag", etag)
                .param("transactionTime", transactionTime)
                .param("completeAt", completeAt == null ? null : Timestamp.from(completeAt))
                .param("vendor", vendor)
                .update();
    }

    void forget(String vendor) {
        jdbc.sql("DELETE FROM push_publication WHERE vendor = :vendor")
                .param("vendor", vendor)
                .update();
    }

    /** For the current transaction: records what a complete publication contains, so that the rest can be deleted. */
    void beginSeeing() {
        jdbc.sql("CREATE TEMPORARY TABLE push_seen (type text, id text) ON COMMIT DROP")
                .update();
    }

    void seen(Collection<ResourceAddress> addresses) {
        jdbc.sql("INSERT INTO push_seen SELECT * FROM unnest(:types::text[], :ids::text[])")
                .param("types", addresses.stream().map(ResourceAddress::type).toArray(String[]::new))
                .param("ids", addresses.stream().map(ResourceAddress::id).toArray(String[]::new))
                .update();
    }

    /** Some of the vendor's resources that were not seen. */
    List<ResourceAddress> unseen(String vendor, int atMost) {
        return jdbc.sql("""
                        SELECT r.type, r.id FROM push_resource r LEFT JOIN push_seen s USING (type, id)
                        WHERE r.vendor = :vendor AND NOT r.deleted AND s.id IS NULL LIMIT :atMost""")
                .param("vendor", vendor)
                .param("atMost", atMost)
                .query((rs, row) -> new ResourceAddress(rs.getString("type"), rs.getString("id")))
                .list();
    }
}
