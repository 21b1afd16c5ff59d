package fr.sas.hub.publish;

import fr.sas.hub.database.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.namedparam.MapSqlParameterSource;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The editions (V205), and the turn to make one. Writers pass the edition they are making: it must still be their turn. */
@Repository
class EditionTables {

    private final JdbcClient jdbc;
    private final NamedParameterJdbcTemplate batches;

    EditionTables(JdbcClient jdbc, NamedParameterJdbcTemplate batches) {
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /** Another node has taken over because this one was silent for too long. */
    static final class TurnLost extends RuntimeException {
        TurnLost(long edition) {
            super("Another node has taken over; this one abandons edition " + edition);
        }
    }

    /** What was last published about a subject. @param digest digest of what it was made from */
    record PublishedDigest(byte[] digest, @Nullable Instant until) {}

    private record PublishedPart(SubjectParts.Place place, long since, PartBytes bytes) {}

    /**
     * Claims the turn to make an edition.
     *
     * @param number the least number that the edition may have
     * @param checkedAfter it is nobody's turn if an edition was checked later than this
     * @return the edition's number; empty if another node is making one, or has made one
     */
    Optional<Long> claim(long number, Instant checkedAfter, Instant now, Instant until) {
        return jdbc.sql("""
                        UPDATE publish_turn SET edition = greatest(edition + 1, :number), claimed_until = :until
                        WHERE (claimed_until IS NULL OR claimed_until < :now)
                          AND NOT EXISTS (SELECT FROM publish_edition WHERE checked_at > :checkedAfter)
                        RETURNING edition""")
                .param("number", number)
                .param("until", Timestamp.from(until))
                .param("now", Timestamp.from(now))
                .param("checkedAfter", Timestamp.from(checkedAfter))
                .query(Long.class)
                .optional();
    }

    /** Locks the turn until the end of the current transaction. */
    void keepTurn(long edition, Instant until) {
        if (jdbc.sql("""
                        UPDATE publish_turn SET claimed_until = :until
                        WHERE edition = :edition AND claimed_until IS NOT NULL""")
                        .param("until", Timestamp.from(until))
                        .param("edition", edition)
                        .update()
                == 0) {
            throw new TurnLost(edition);
        }
    }

    void release(long edition) {
        jdbc.sql("UPDATE publish_turn SET claimed_until = NULL WHERE edition = :edition")
                .param("edition", edition)
                .update();
    }

    /** By subject: those after {@code from} and up to {@code to}, or up to the last if that is null. */
    Map<String, PublishedDigest> known(String from, @Nullable String to) {
        Map<String, PublishedDigest> known = new HashMap<>();
        jdbc.sql("""
                        SELECT subject, digest, until FROM publish_subject
                        WHERE subject > :from AND (:to::text IS NULL OR subject <= :to)""").param("from", from).param("to", to).query(rs -> {
            known.put(
                    rs.getString("subject"), new PublishedDigest(rs.getBytes("digest"), Columns.instant(rs, "until")));
        });
        return known;
    }

    @Transactional
    public void write(long edition, Instant claimedUntil, Collection<SubjectParts> changed) {
        keepTurn(edition, claimedUntil);
        Map<SubjectParts.Place, PartBytes> next = new LinkedHashMap<>();
        changed.forEach(one -> next.putAll(one.shared()));
        List<String> owners = new ArrayList<>();
        next.keySet().forEach(place -> owners.add(place.owner()));
        changed.forEach(one -> {
            next.putAll(one.own());
            owners.add(one.subject());
        });
        Totals totals = new Totals();
        List<SqlParameterSource> gone = new ArrayList<>();
        for (PublishedPart current : current(owners)) {
            PartBytes becomes = next.get(current.place);
            if (becomes != null && Arrays.equals(becomes.deflated(), current.bytes.deflated())) {
                next.remove(current.place);
            } else if (becomes != null || !current.place.owner().startsWith("+")) {
                totals.add(current.place, current.bytes, -1);
                gone.add(at(current.place).addValue("since", current.since).addValue("edition", edition));
            }
        }
        next.forEach((place, bytes) -> totals.add(place, bytes, 1));
        inOneGo("""
                UPDATE publish_part SET gone = :edition
                WHERE departement = :departement AND type = :type AND subject = :subject AND since = :since""", gone);
        insert(edition, next);
        totals.write(edition);
        saveStates(changed);
    }

    private static MapSqlParameterSource at(SubjectParts.Place place) {
        return new MapSqlParameterSource("departement", place.departement())
                .addValue("type", place.type())
                .addValue("subject", place.owner());
    }

    private void inOneGo(String sql, List<SqlParameterSource> rows) {
        batches.batchUpdate(sql, rows.toArray(SqlParameterSource[]::new));
    }

    private List<PublishedPart> current(List<String> owners) {
        return jdbc.sql("""
                        SELECT departement, type, subject, since, lines, plain, crc, deflated FROM publish_part
                        WHERE subject = ANY (:owners) AND gone IS NULL""")
                .param("owners", owners.toArray(String[]::new))
                .query((rs, row) -> new PublishedPart(
                        new SubjectParts.Place(
                                rs.getString("departement"), rs.getString("type"), rs.getString("subject")),
                        rs.getLong("since"),
                        bytes(rs)))
                .list();
    }

    static PartBytes bytes(ResultSet rs) throws SQLException {
        return new PartBytes(rs.getInt("lines"), rs.getInt("plain"), rs.getInt("crc"), rs.getBytes("deflated"));
    }

    /** A shared resource may change twice in one edition. */
    private void insert(long edition, Map<SubjectParts.Place, PartBytes> parts) {
        List<SqlParameterSource> rows = new ArrayList<>(parts.size());
        parts.forEach((place, part) -> rows.add(at(place)
                .addValue("edition", edition)
                .addValue("lines", part.lines())
                .addValue("plain", part.plain())
                .addValue("crc", part.crc())
                .addValue("deflated", part.deflated())));
        inOneGo("""
                INSERT INTO publish_part (departement, type, subject, since, lines, plain, crc, deflated)
                VALUES (:departement, :type, :subject, :edition, :lines, :plain, :crc, :deflated)
                ON CONFLICT (departement, type, subject, since) DO UPDATE SET gone = NULL, lines = excluded.lines,
                  plain = excluded.plain, crc = excluded.crc, deflated = excluded.deflated""", rows);
    }

    private void saveStates(Collection<SubjectParts> changed) {
        List<SqlParameterSource> known = new ArrayList<>();
        List<SqlParameterSource> unknown = new ArrayList<>();
        for (SubjectParts one : changed) {
            Instant until = one.until();
            MapSqlParameterSource subject = new MapSqlParameterSource("subject", one.subject());
            if (one.digest() == null) {
                unknown.add(subject);
            } else {
                known.add(subject.addValue("digest", one.digest())
                        .addValue("until", until == null ? null : Timestamp.from(until)));
            }
        }
        inOneGo("""
                INSERT INTO publish_subject (subject, digest, until) VALUES (:subject, :digest, :until::timestamptz)
                ON CONFLICT (subject) DO UPDATE SET digest = excluded.digest, until = excluded.until""", known);
        inOneGo("DELETE FROM publish_subject WHERE subject = :subject", unknown);
    }

    /** What a transaction adds to each file's totals. */
    private final class Totals {

        private record File(String departement, String type) {}

        private final Map<File, long[]> added = new HashMap<>();

        void add(SubjectParts.Place place, PartBytes bytes, int times) {
            long[] sum = added.computeIfAbsent(new File(place.departement(), place.type()), file -> new long[3]);
            sum[0] += (long) times * bytes.lines();
            sum[1] += (long) times * bytes.plain();
            sum[2] += (long) times * bytes.deflated().length;
        }

        void write(long edition) {
            List<SqlParameterSource> rows = new ArrayList<>();
            added.forEach((file, sum) -> rows.add(new MapSqlParameterSource("departement", file.departement)
                    .addValue("type", file.type)
                    .addValue("edition", edition)
                    .addValue("lines", sum[0])
                    .addValue("plain", sum[1])
                    .addValue("deflated", sum[2])));
            inOneGo("""
                    INSERT INTO publish_total (departement, type, changed_at, lines, plain, deflated)
                    VALUES (:departement, :type, :edition, :lines, :plain, :deflated)
                    ON CONFLICT (departement, type) DO UPDATE SET changed_at = excluded.changed_at,
                      lines = publish_total.lines + excluded.lines, plain = publish_total.plain + excluded.plain,
                      deflated = publish_total.deflated + excluded.deflated""", rows);
        }
    }

    /**
     * Publishes what was written, or records that there was nothing to write.
     *
     * @param changesPosition from before the first subject was read, so that an edition in which nothing changed may be followed
     *     from there too; null if nobody follows changes, and then an earlier one stays
     * @return whether there is a new edition
     */
    @Transactional
    public boolean publish(long edition, Instant now, @Nullable String changesPosition) {
        keepTurn(edition, now);
        boolean changed = jdbc.sql("""
                                INSERT INTO publish_edition (edition, made_at, checked_at, changes_position)
                                SELECT :edition, :now, :now, :position WHERE NOT EXISTS (SELECT FROM publish_edition)
                                  OR (SELECT max(changed_at) FROM publish_total)
                                    > (SELECT max(edition) FROM publish_edition)""")
                        .param("edition", edition)
                        .param("now", Timestamp.from(now))
                        .param("position", changesPosition)
                        .update()
                > 0;
        if (changed) {
            jdbc.sql("""
                            INSERT INTO publish_file (edition, departement, type, changed_at, lines, plain, deflated)
                            SELECT :edition, departement, type, changed_at, lines, plain, deflated FROM publish_total
                            WHERE lines > 0""").param("edition", edition).update();
        } else {
            jdbc.sql("""
                            UPDATE publish_edition SET checked_at = :now,
                              changes_position = coalesce(:position, changes_position)
                            WHERE edition = (SELECT max(edition) FROM publish_edition)""")
                    .param("now", Timestamp.from(now))
                    .param("position", changesPosition)
                    .update();
        }
        release(edition);
        return changed;
    }

    /** Removes editions that a newer one replaced before this instant, and the parts that only they contain. */
    @Transactional
    public void removeReplacedBefore(Instant instant) {
        jdbc.sql("""
                        DELETE FROM publish_edition e WHERE EXISTS (
                          SELECT FROM publish_edition newer
                          WHERE newer.edition > e.edition AND newer.made_at < :instant)""").param("instant", Timestamp.from(instant)).update();
        jdbc.sql("DELETE FROM publish_part WHERE gone <= (SELECT min(edition) FROM publish_edition)")
                .update();
    }

    /**
     * Removes everything unless it was checked since then: it has not been requested for a long time. Waits only briefly for
     * readers, such as a backup that reads for hours, because new requests would queue behind it.
     */
    @Transactional
    public void removeAllUncheckedSince(Instant instant) {
        boolean wanted = jdbc.sql("""
                        SELECT EXISTS (SELECT FROM publish_edition WHERE checked_at >= :instant)
                          OR NOT EXISTS (SELECT FROM publish_edition)""")
                .param("instant", Timestamp.from(instant))
                .query(Boolean.class)
                .single();
        if (!wanted) {
            jdbc.sql("SET LOCAL lock_timeout = '50ms'").update();
            jdbc.sql("UPDATE publish_turn SET claimed_until = NULL").update();
            jdbc.sql("TRUNCATE publish_part, publish_subject, publish_total, publish_file, publish_edition")
                    .update();
        }
    }

    Optional<Edition> last() {
        return jdbc.sql("""
                        SELECT edition, made_at, checked_at, changes_position FROM publish_edition
                        ORDER BY edition DESC LIMIT 1""").query(EditionTables::edition).optional();
    }

    /** Empty if it is no longer kept, or was never made: what an edition contained that the database has lost is unknown. */
    Optional<Edition> find(long number) {
        return jdbc.sql("""
                        SELECT edition, made_at, checked_at, changes_position FROM publish_edition
                        WHERE edition = :number""")
                .param("number", number)
                .query(EditionTables::edition)
                .optional();
    }

    private static Edition edition(ResultSet rs, int row) throws SQLException {
        return new Edition(
                rs.getLong("edition"),
                Columns.requiredInstant(rs, "made_at"),
                Columns.requiredInstant(rs, "checked_at"),
                rs.getString("changes_position"));
    }

    boolean isKept(long edition) {
        return find(edition).isPresent();
    }
}
