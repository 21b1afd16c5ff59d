package fr.sas.hub.push;

import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The subjects that vendors have delivered, and when their resources must be published again. */
@Repository
class SubjectTables {

    private final JdbcClient jdbc;

    SubjectTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param dueAt null if nothing happens until the vendor's next message */
    record PublishedSubject(
            String subject, boolean admitted, @Nullable Instant dueAt) {}

    void published(String vendor, Instant heardAt, List<PublishedSubject> published) {
        jdbc.sql("""
                        INSERT INTO push_subject (vendor, subject, heard_at, admitted, due_at)
                        SELECT :vendor, n.subject, :heardAt, n.admitted, n.due_at
                        FROM unnest(:subjects, :admitted, :dueAt::timestamptz[]) AS n (subject, admitted, due_at)
                        ON CONFLICT (vendor, subject) DO UPDATE
                        SET heard_at = excluded.heard_at, admitted = excluded.admitted, due_at = excluded.due_at""")
                .param("vendor", vendor)
                .param("heardAt", Timestamp.from(heardAt))
                .param(
                        "subjects",
                        published.stream().map(PublishedSubject::subject).toArray(String[]::new))
                .param(
                        "admitted",
                        published.stream().map(PublishedSubject::admitted).toArray(Boolean[]::new))
                .param(
                        "dueAt",
                        published.stream()
                                .map(one ->
                                        one.dueAt() == null ? null : one.dueAt().toString())
                                .toArray(String[]::new))
                .update();
    }

    /**
     * Locks the rows, always in the order of their subjects and before the locks of the index.
     *
     * @return those of the subjects who are in the index because of this vendor's resources
     */
    Set<String> lock(String vendor, Collection<String> subjects) {
        Set<String> admitted = new TreeSet<>();
        jdbc.sql("""
                        SELECT subject, admitted FROM push_subject WHERE vendor = :vendor AND subject = ANY (:subjects)
                        ORDER BY subject FOR UPDATE""")
                .param("vendor", vendor)
                .param("subjects", subjects.toArray(String[]::new))
                .query(rs -> {
                    if (rs.getBoolean("admitted")) {
                        admitted.add(rs.getString("subject"));
                    }
                });
        return admitted;
    }

    /** @return those of the subjects who are in the index because of this vendor's resources */
    Set<String> confirmed(String vendor, Instant at, Collection<String> subjects) {
        Set<String> admitted = new TreeSet<>();
        jdbc.sql("""
                        WITH known AS MATERIALIZED (
                            SELECT subject FROM push_subject WHERE vendor = :vendor AND subject = ANY (:subjects)
                            ORDER BY subject FOR UPDATE)
                        UPDATE push_subject s SET heard_at = :at FROM known
                        WHERE s.vendor = :vendor AND s.subject = known.subject RETURNING s.subject, s.admitted""")
                .param("at", Timestamp.from(at))
                .param("vendor", vendor)
                .param("subjects", subjects.toArray(String[]::new))
                .query(rs -> {
                    if (rs.getBoolean("admitted")) {
                        admitted.add(rs.getString("subject"));
                    }
                });
        return admitted;
    }

    /** @return how many subjects the vendor has ever delivered */
    int confirmed(String vendor, Instant at) {
        return jdbc.sql("""
                        WITH known AS MATERIALIZED (
                            SELECT subject FROM push_subject WHERE vendor = :vendor ORDER BY subject FOR UPDATE)
                        UPDATE push_subject s SET heard_at = :at FROM known
                        WHERE s.vendor = :vendor AND s.subject = known.subject""")
                .param("vendor", vendor)
                .param("at", Timestamp.from(at))
                .update();
    }

    /** Everyone who is in the index because of this vendor's resources. */
    List<String> admitted(String vendor) {
        return jdbc.sql("SELECT subject FROM push_subject WHERE vendor = :vendor AND admitted ORDER BY subject")
                .param("vendor", vendor)
                .query(String.class)
                .list();
    }

    /** @param subjects empty for everyone */
    void due(Collection<String> subjects, Instant at) {
        jdbc.sql("""
                        WITH known AS MATERIALIZED (
                            SELECT vendor, subject FROM push_subject WHERE :everybody OR subject = ANY (:subjects)
                            ORDER BY vendor, subject FOR UPDATE)
                        UPDATE push_subject s SET due_at = :at FROM known
                        WHERE s.vendor = known.vendor AND s.subject = known.subject""")
                .param("everybody", subjects.isEmpty())
                .param("subjects", subjects.toArray(String[]::new))
                .param("at", Timestamp.from(at))
                .update();
    }

    void due(String vendor, Collection<String> subjects, Instant at) {
        jdbc.sql("""
                        WITH known AS MATERIALIZED (
                            SELECT subject FROM push_subject WHERE vendor = :vendor AND subject = ANY (:subjects)
                            ORDER BY subject FOR UPDATE)
                        UPDATE push_subject s SET due_at = :at FROM known
                        WHERE s.vendor = :vendor AND s.subject = known.subject""")
                .param("vendor", vendor)
                .param("subjects", subjects.toArray(String[]::new))
                .param("at", Timestamp.from(at))
                .update();
    }

    /**
     * Marks all subjects of the vendor as due if its terms have changed since its resources were last published;
     * otherwise those who were not in its roster, because the roster may not have arrived yet.
     */
    void dueOnOtherTerms(String vendor, String terms, Instant at) {
        jdbc.sql("""
                        WITH changed AS MATERIALIZED (
                            UPDATE push_vendor SET terms = :terms WHERE vendor = :vendor AND terms <> :terms
                            RETURNING vendor),
                        known AS MATERIALIZED (
                            SELECT vendor, subject FROM push_subject
                            WHERE vendor = :vendor AND (NOT admitted OR EXISTS (SELECT FROM changed))
                            ORDER BY subject FOR UPDATE)
                        UPDATE push_subject s SET due_at = :at FROM known
                        WHERE s.vendor = known.vendor AND s.subject = known.subject""")
                .param("terms", terms)
                .param("vendor", vendor)
                .param("at", Timestamp.from(at))
                .update();
    }

    List<String> vendorsDue(Instant now) {
        return jdbc.sql("SELECT DISTINCT vendor FROM push_subject WHERE due_at <= :now ORDER BY vendor")
                .param("now", Timestamp.from(now))
                .query(String.class)
                .list();
    }

    /** Waits for the vendor's turn and takes it until the end of the transaction. */
    void takeTurn(String vendor) {
        jdbc.sql("SELECT 1 FROM push_vendor WHERE vendor = :vendor FOR UPDATE")
                .param("vendor", vendor)
                .query(Integer.class)
                .list();
    }

    /** Takes the vendor's turn until the end of the transaction, unless it is taken. */
    boolean takeTurnIfFree(String vendor) {
        return !jdbc.sql("SELECT 1 FROM push_vendor WHERE vendor = :vendor FOR UPDATE SKIP LOCKED")
                .param("vendor", vendor)
                .query(Integer.class)
                .list()
                .isEmpty();
    }

    /** Some of those that are due, by the instant they were last delivered. */
    Map<Instant, Set<String>> due(String vendor, Instant now, int atMost) {
        Map<Instant, Set<String>> due = new TreeMap<>();
        jdbc.sql("""
                        SELECT heard_at, subject FROM push_subject WHERE vendor = :vendor AND due_at <= :now
                        ORDER BY due_at LIMIT :atMost""")
                .param("vendor", vendor)
                .param("now", Timestamp.from(now))
                .param("atMost", atMost)
                .query(rs -> {
                    due.computeIfAbsent(Columns.requiredInstant(rs, "heard_at"), at -> new TreeSet<>())
                            .add(rs.getString("subject"));
                });
        return due;
    }

    void forget(String vendor) {
        jdbc.sql("DELETE FROM push_subject WHERE vendor = :vendor")
                .param("vendor", vendor)
                .update();
    }
}
