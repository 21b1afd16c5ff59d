package fr.sas.hub.publish;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What editions consist of: their files, the parts of these, and what one has and another has not. */
@Repository
class EditionContents {

    private final JdbcClient jdbc;

    EditionContents(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A part and the subject it belongs to. */
    record Row(String subject, String type, PartBytes bytes) {}

    /** All files of an edition. */
    List<Edition.Content> files(long edition) {
        return jdbc.sql("""
                        SELECT departement, type, changed_at, lines, plain, deflated FROM publish_file
                        WHERE edition = :edition ORDER BY departement, type""")
                .param("edition", edition)
                .query(EditionContents::content)
                .list();
    }

    /** A file and an edition that contains it. */
    record InEdition(long edition, Edition.Content content) {}

    Optional<InEdition> file(long changedAt, String departement, String type) {
        return jdbc.sql("""
                        SELECT edition, departement, type, changed_at, lines, plain, deflated FROM publish_file
                        WHERE changed_at = :changedAt AND departement = :departement AND type = :type
                        ORDER BY edition DESC LIMIT 1""")
                .param("changedAt", changedAt)
                .param("departement", departement)
                .param("type", type)
                .query((rs, row) -> new InEdition(rs.getLong("edition"), content(rs, row)))
                .optional();
    }

    /** What an edition has and an earlier one did not, by file. */
    List<Edition.Content> changes(long since, long edition) {
        return jdbc.sql("""
                        SELECT departement, type, max(since) AS changed_at, sum(lines) AS lines, sum(plain) AS plain,
                          sum(octet_length(deflated)) AS deflated
                        FROM publish_part
                        WHERE since > :since AND since <= :edition AND (gone IS NULL OR gone > :edition)
                        GROUP BY departement, type ORDER BY departement, type""")
                .param("since", since)
                .param("edition", edition)
                .query(EditionContents::content)
                .list();
    }

    private static Edition.Content content(ResultSet rs, int row) throws SQLException {
        return new Edition.Content(
                rs.getString("departement"),
                rs.getString("type"),
                rs.getLong("changed_at"),
                rs.getLong("lines"),
                rs.getLong("plain"),
                rs.getLong("deflated"));
    }

    /**
     * The next parts of a file, in order of subject.
     *
     * @param since only parts newer than this edition; 0 for all
     */
    List<Row> parts(long edition, long since, String departement, String type, String after, int count) {
        return jdbc.sql("""
                        SELECT subject, type, lines, plain, crc, deflated FROM publish_part
                        WHERE departement = :departement AND type = :type AND subject > :after
                          AND since <= :edition AND since > :since AND (gone IS NULL OR gone > :edition)
                        ORDER BY subject LIMIT :count""")
                .param("departement", departement)
                .param("type", type)
                .param("after", after)
                .param("edition", edition)
                .param("since", since)
                .param("count", count)
                .query(EditionContents::row)
                .list();
    }

    private static Row row(ResultSet rs, int row) throws SQLException {
        return new Row(rs.getString("subject"), rs.getString("type"), EditionTables.bytes(rs));
    }

    /** The next subjects with a part in the edition {@code since} that they no longer have in this one. */
    List<String> subjectsThatLost(long since, long edition, String after, int count) {
        return jdbc.sql("""
                        SELECT DISTINCT subject FROM publish_part
                        WHERE gone > :since AND gone <= :edition AND since <= :since AND subject > :after
                        ORDER BY subject LIMIT :count""")
                .param("since", since)
                .param("edition", edition)
                .param("after", after)
                .param("count", count)
                .query(String.class)
                .list();
    }

    /** Everything published about the subjects, by subject. */
    Map<String, List<Row>> partsOf(Collection<String> subjects, long edition) {
        Map<String, List<Row>> parts = new TreeMap<>();
        jdbc.sql("""
                        SELECT subject, type, lines, plain, crc, deflated FROM publish_part
                        WHERE subject = ANY (:subjects) AND since <= :edition AND (gone IS NULL OR gone > :edition)""")
                .param("subjects", Set.copyOf(subjects).toArray(String[]::new))
                .param("edition", edition)
                .query(rs -> {
                    Row row = row(rs, 0);
                    parts.computeIfAbsent(row.subject, subject -> new ArrayList<>())
                            .add(row);
                });
        return parts;
    }
}
