package fr.sas.hub.push;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Of whom vendors spoke, and when their resources must be looked at again. */
@Repository
class SubjectTables {

    private final JdbcTemplate jdbc;

    SubjectTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param dueAt null when nothing happens until the vendor's next word */
    record Told(String subject, boolean admitted, @Nullable Instant dueAt) {}

    void told(String vendor, Instant heardAt, List<Told> told) {
        jdbc.update(
                """
                INSERT INTO push_subject (vendor, subject, heard_at, admitted, due_at)
                SELECT ?, n.subject, ?, n.admitted, n.due_at FROM unnest(?, ?, ?::timestamptz[]) AS n (subject, admitted, due_at)
                ON CONFLICT (vendor, subject) DO UPDATE
                SET heard_at = excluded.heard_at, admitted = excluded.admitted, due_at = excluded.due_at""",
                vendor,
                Timestamp.from(heardAt),
                told.stream().map(Told::subject).toArray(String[]::new),
                told.stream().map(Told::admitted).toArray(Boolean[]::new),
                told.stream()
                        .map(one -> one.dueAt() == null ? null : one.dueAt().toString())
                        .toArray(String[]::new));
    }

    /** Rows are always locked in the order of their subjects, and before the index's locks. */
    void lock(String vendor, Collection<String> subjects) {
        jdbc.queryForList(
                "SELECT subject FROM push_subject WHERE vendor = ? AND subject = ANY (?) ORDER BY subject FOR UPDATE",
                String.class,
                vendor,
                subjects.toArray(String[]::new));
    }

    void confirmed(String vendor, Instant at, Collection<String> subjects) {
        jdbc.update(
                "UPDATE push_subject SET heard_at = ? WHERE vendor = ? AND subject = ANY (?)",
                Timestamp.from(at),
                vendor,
                subjects.toArray(String[]::new));
    }

    /** @return of how many subjects the vendor ever spoke */
    int confirmed(String vendor, Instant at) {
        return jdbc.update("""
                WITH known AS MATERIALIZED (
                    SELECT subject FROM push_subject WHERE vendor = ? ORDER BY subject FOR UPDATE)
                UPDATE push_subject s SET heard_at = ? FROM known WHERE s.vendor = ? AND s.subject = known.subject""", vendor, Timestamp.from(at), vendor);
    }

    /** Those of the subjects that are in the index by this vendor's word. */
    Set<String> admittedBefore(String vendor, Collection<String> subjects) {
        return new TreeSet<>(jdbc.queryForList(
                "SELECT subject FROM push_subject WHERE vendor = ? AND admitted AND subject = ANY (?)",
                String.class,
                vendor,
                subjects.toArray(String[]::new)));
    }

    /** Everybody who is in the index by this vendor's word. */
    List<String> admitted(String vendor) {
        return jdbc.queryForList(
                "SELECT subject FROM push_subject WHERE vendor = ? AND admitted ORDER BY subject",
                String.class,
                vendor);
    }

    /** @param subjects empty for everybody */
    void due(Collection<String> subjects, Instant at) {
        jdbc.update("""
                WITH known AS MATERIALIZED (
                    SELECT vendor, subject FROM push_subject WHERE ? OR subject = ANY (?) ORDER BY vendor, subject FOR UPDATE)
                UPDATE push_subject s SET due_at = ? FROM known WHERE s.vendor = known.vendor AND s.subject = known.subject""", subjects.isEmpty(), subjects.toArray(String[]::new), Timestamp.from(at));
    }

    void due(String vendor, Collection<String> subjects, Instant at) {
        jdbc.update("""
                WITH known AS MATERIALIZED (
                    SELECT subject FROM push_subject WHERE vendor = ? AND subject = ANY (?) ORDER BY subject FOR UPDATE)
                UPDATE push_subject s SET due_at = ? FROM known WHERE s.vendor = ? AND s.subject = known.subject""", vendor, subjects.toArray(String[]::new), Timestamp.from(at), vendor);
    }

    /**
     * Everybody of the vendor, when its terms are others than those its resources were last told on; else whoever it was
     * not to speak of, for its roster may have been on its way.
     */
    void dueOnOtherTerms(String vendor, String terms, Instant at) {
        jdbc.update("""
                WITH changed AS MATERIALIZED (
                    UPDATE push_vendor SET terms = ? WHERE vendor = ? AND terms <> ? RETURNING vendor),
                known AS MATERIALIZED (
                    SELECT vendor, subject FROM push_subject
                    WHERE vendor = ? AND (NOT admitted OR EXISTS (SELECT FROM changed)) ORDER BY subject FOR UPDATE)
                UPDATE push_subject s SET due_at = ? FROM known WHERE s.vendor = known.vendor AND s.subject = known.subject""", terms, vendor, terms, vendor, Timestamp.from(at));
    }

    List<String> vendorsDue(Instant now) {
        return jdbc.queryForList(
                "SELECT DISTINCT vendor FROM push_subject WHERE due_at <= ? ORDER BY vendor",
                String.class,
                Timestamp.from(now));
    }

    /** Waits for the vendor's turn and takes it until the end of the transaction. */
    void takeTurn(String vendor) {
        jdbc.queryForList("SELECT 1 FROM push_vendor WHERE vendor = ? FOR UPDATE", Integer.class, vendor);
    }

    /** Takes the vendor's turn until the end of the transaction, unless somebody has it. */
    boolean takeTurnIfFree(String vendor) {
        return !jdbc.queryForList(
                        "SELECT 1 FROM push_vendor WHERE vendor = ? FOR UPDATE SKIP LOCKED", Integer.class, vendor)
                .isEmpty();
    }

    /** Some that are due, by when they were last spoken of. */
    Map<Instant, Set<String>> due(String vendor, Instant now, int atMost) {
        Map<Instant, Set<String>> due = new TreeMap<>();
        jdbc.query(
                "SELECT heard_at, subject FROM push_subject WHERE vendor = ? AND due_at <= ? ORDER BY due_at LIMIT ?",
                rs -> {
                    due.computeIfAbsent(rs.getTimestamp("heard_at").toInstant(), at -> new TreeSet<>())
                            .add(rs.getString("subject"));
                },
                vendor,
                Timestamp.from(now),
                atMost);
        return due;
    }

    void forget(String vendor) {
        jdbc.update("DELETE FROM push_subject WHERE vendor = ?", vendor);
    }
}
