package fr.sas.hub.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The room's SQL. */
@Repository
class HistoryTables {

    private final JdbcClient jdbc;
    private final ObjectMapper json;

    HistoryTables(JdbcClient jdbc, ObjectMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /**
     * @param kind null for all
     * @param from inclusive
     * @param to exclusive
     * @param olderThan null for the first page
     */
    record LineQuery(
            Subject subject,
            History.@Nullable Kind kind,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable HistoryCursor olderThan) {}

    /** @param cursor of the page that ends with this line */
    record StoredLine(HistoryLine line, HistoryCursor cursor) {}

    void add(HistoryLine line) {
        jdbc.sql("""
                INSERT INTO history_change (subject, at, kind, about, client, person, before, after, undoes_deletion)
                VALUES (:subject, :at, :kind, :about, :client, :person, :before::json, :after::json, :undoesDeletion)""")
                .param("subject", key(line.subject()))
                .param("at", Timestamp.from(line.at()))
                .param("kind", line.kind().code())
                .param("about", line.about())
                .param("client", line.by().client())
                .param("person", line.by().person())
                .param("before", text(line.before()))
                .param("after", text(line.after()))
                .param("undoesDeletion", line.undoesDeletion())
                .update();
    }

    /** Newest first, without lines of a kind that only a newer hub knows. */
    List<StoredLine> find(LineQuery query, int atMost) {
        HistoryCursor olderThan = query.olderThan();
        return jdbc.sql("""
                        SELECT position, at, kind, about, client, person, before, after, undoes_deletion
                        FROM history_change
                        WHERE subject = :subject AND kind = ANY (:kinds)
                        AND at >= coalesce(CAST(:from AS timestamptz), '-infinity')
                        AND at < coalesce(CAST(:to AS timestamptz), 'infinity')
                        AND (at, position) < (coalesce(CAST(:olderThan AS timestamptz), 'infinity'), :position)
                        ORDER BY at DESC, position DESC LIMIT :atMost""")
                .param("subject", key(query.subject()))
                .param("kinds", codes(query.kind()))
                .param("from", timestamp(query.from()))
                .param("to", timestamp(query.to()))
                .param("olderThan", olderThan == null ? null : timestamp(olderThan.at()))
                .param("position", olderThan == null ? Long.MAX_VALUE : olderThan.position())
                .param("atMost", atMost)
                .query((rs, row) -> found(query.subject(), rs))
                .list();
    }

    private StoredLine found(Subject subject, ResultSet rs) throws SQLException {
        Instant at = Columns.requiredInstant(rs, "at");
        return new StoredLine(
                new HistoryLine(
                        subject,
                        at,
                        kind(rs.getString("kind")),
                        rs.getString("about"),
                        new Authorship(rs.getString("client"), rs.getString("person")),
                        document(rs.getString("before")),
                        document(rs.getString("after")),
                        rs.getBoolean("undoes_deletion")),
                new HistoryCursor(at, rs.getLong("position")));
    }

    /** A practitioner's ADELI and a practice's rang may be equal as text. */
    private static String key(Subject subject) {
        return (subject instanceof PractitionerId ? "practitioner " : "facility ") + subject.value();
    }

    private static History.Kind kind(String word) {
        return History.Kind.named(word).orElseThrow();
    }

    /** @param kind null for all */
    private static String[] codes(History.@Nullable Kind kind) {
        return Stream.of(kind == null ? History.Kind.values() : new History.Kind[] {kind})
                .map(History.Kind::code)
                .toArray(String[]::new);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant instant) {
        return instant == null ? null : Timestamp.from(instant);
    }

    private static @Nullable String text(@Nullable JsonNode document) {
        return document == null ? null : document.toString();
    }

    private @Nullable JsonNode document(@Nullable String text) {
        try {
            return text == null ? null : json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The database contains only valid JSON", e);
        }
    }
}
