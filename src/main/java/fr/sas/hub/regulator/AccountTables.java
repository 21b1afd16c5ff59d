package fr.sas.hub.regulator;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Source;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL recording what each vendor was sent about accounts. */
@Repository
class AccountTables {

    private final JdbcClient jdbc;

    AccountTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param putVersion of the account, in the last letter queued for the vendor
     * @param knownAs identifier under which the vendor may know them; null before the first attempt
     * @param maybeAs identifier from a change whose outcome is unknown
     * @param version of the account, as taken by the vendor; null while it took none
     */
    record VendorAccountRecord(
            Source vendor,
            long putVersion,
            @Nullable String knownAs,
            @Nullable String maybeAs,
            @Nullable Long version,
            @Nullable Instant toldAt) {}

    List<VendorAccountRecord> list(UUID id) {
        return jdbc.sql("SELECT * FROM regulator_told WHERE regulator = :id ORDER BY vendor")
                .param("id", id)
                .query(AccountTables::recordOf)
                .list();
    }

    Optional<VendorAccountRecord> find(UUID id, Source vendor) {
        return jdbc.sql("SELECT * FROM regulator_told WHERE regulator = :id AND vendor = :vendor")
                .param("id", id)
                .param("vendor", vendor.name())
                .query(AccountTables::recordOf)
                .optional();
    }

    void put(UUID id, Source vendor, long version) {
        jdbc.sql("""
                        INSERT INTO regulator_told (regulator, vendor, put_version) VALUES (:id, :vendor, :version)
                        ON CONFLICT (regulator, vendor) DO UPDATE SET put_version = :version""")
                .param("id", id)
                .param("vendor", vendor.name())
                .param("version", version)
                .update();
    }

    /**
     * Called before a first attempt: whatever its outcome, the vendor may know them under this identifier; null when it
     * received nothing.
     */
    void mayBeKnownAs(UUID id, Source vendor, @Nullable String identifier) {
        update("UPDATE regulator_told SET known_as = :identifier", id, vendor, identifier);
    }

    /** Called before an attempt to change the identifier; null when its outcome is known. */
    void maybeRenamedTo(UUID id, Source vendor, @Nullable String identifier) {
        update("UPDATE regulator_told SET maybe_as = :identifier", id, vendor, identifier);
    }

    /** The outcome is known: this identifier and no other. */
    void isKnownAs(UUID id, Source vendor, String identifier) {
        update("UPDATE regulator_told SET maybe_as = NULL, known_as = :identifier", id, vendor, identifier);
    }

    private void update(String sql, UUID id, Source vendor, @Nullable String identifier) {
        jdbc.sql(sql + " WHERE regulator = :id AND vendor = :vendor")
                .param("identifier", identifier)
                .param("id", id)
                .param("vendor", vendor.name())
                .update();
    }

    void taken(UUID id, Source vendor, String knownAs, long version, Instant now) {
        jdbc.sql("""
                        UPDATE regulator_told SET known_as = :knownAs, maybe_as = NULL, version = :version, told_at = :now
                        WHERE regulator = :id AND vendor = :vendor""")
                .param("knownAs", knownAs)
                .param("version", version)
                .param("now", Timestamp.from(now))
                .param("id", id)
                .param("vendor", vendor.name())
                .update();
    }

    /** A vendor that may know the regulator and lacks what it should have been sent by now. */
    record PendingNotification(UUID regulator, Source vendor) {}

    /**
     * Deactivations, and changes followed by a login of which a vendor that took the account before was not informed.
     * Letters that were queued and refused are not owed.
     */
    List<PendingNotification> pending(List<Source> vendors, int atMost) {
        return jdbc.sql("""
                        SELECT t.regulator, t.vendor FROM regulator_told t JOIN regulator_account a ON a.id = t.regulator
                        WHERE t.vendor = ANY (:vendors) AND t.known_as IS NOT NULL AND t.put_version <> a.version
                          AND (NOT a.active OR (t.version IS NOT NULL AND a.logged_in_at >= a.changed_at))
                        ORDER BY t.regulator LIMIT :atMost""")
                .param("vendors", vendors.stream().map(Source::name).toArray(String[]::new))
                .param("atMost", atMost)
                .query((row, i) -> new PendingNotification(
                        row.getObject("regulator", UUID.class), new Source(row.getString("vendor"))))
                .list();
    }

    /** Treats what was queued and not taken as never queued. */
    void forgetUntaken(Source vendor) {
        jdbc.sql("""
                        UPDATE regulator_told SET put_version = coalesce(version, 0)
                        WHERE vendor = :vendor AND put_version IS DISTINCT FROM version""").param("vendor", vendor.name()).update();
    }

    /**
     * No longer treats anything as taken, except deactivations: whether the vendor still has those or lost them, they
     * hold. Whom it may know, and under which identifier, is kept, so it gets no second POST.
     */
    void forgetTaken(Source vendor) {
        jdbc.sql("DELETE FROM regulator_told WHERE vendor = :vendor AND known_as IS NULL")
                .param("vendor", vendor.name())
                .update();
        jdbc.sql("""
                        UPDATE regulator_told t SET put_version = 0, version = NULL FROM regulator_account a
                        WHERE t.vendor = :vendor AND a.id = t.regulator
                          AND (a.active OR t.version IS DISTINCT FROM a.version)""").param("vendor", vendor.name()).update();
    }

    private static VendorAccountRecord recordOf(ResultSet row, int i) throws SQLException {
        return new VendorAccountRecord(
                new Source(row.getString("vendor")),
                row.getLong("put_version"),
                row.getString("known_as"),
                row.getString("maybe_as"),
                row.getObject("version", Long.class),
                Columns.instant(row, "told_at"));
    }
}
