package fr.sas.hub.help;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.database.Columns;
import fr.sas.hub.help.Attachments.Attachment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.support.SqlBinaryValue;
import org.springframework.stereotype.Repository;

/** The SQL for help requests. */
@Repository
class RequestTables {

    private static final String SELECT = """
            SELECT r.*, (SELECT count(*) FROM help_attachment a WHERE a.request = r.number) AS attachments
            FROM help_request r WHERE\s""";

    private final JdbcClient jdbc;

    RequestTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Waits for another node that is inserting the same request. @return its number; empty when it exists already */
    Optional<Long> insert(
            ContactForm form,
            @Nullable UUID account,
            String language,
            @Nullable EmailAddress addressee,
            Instant now,
            @Nullable UUID sentAs) {
        return jdbc.sql("""
                        INSERT INTO help_request (asked_at, role, topic, family, given, phone, email, territory, message,
                          page, account, language, addressee, state, changed_at, sent_as)
                        VALUES (:now, :role, :topic, :family, :given, :phone, :email, :territory, :message,
                          nullif(:page, ''), :account, :language, :addressee, 'OPEN', :now, :sentAs)
                        ON CONFLICT (sent_as) DO NOTHING
                        RETURNING number""")
                .param("now", Timestamp.from(now))
                .param("role", form.role())
                .param("topic", form.topic())
                .param("family", form.family().strip())
                .param("given", form.given().strip())
                .param("phone", form.phone().strip())
                .param("email", form.email().strip().toLowerCase(java.util.Locale.ROOT))
                .param("territory", form.territory())
                .param("message", form.message().strip())
                .param("page", form.cleanPage())
                .param("account", account)
                .param("language", language)
                .param("addressee", addressee == null ? null : addressee.value())
                .param("sentAs", sentAs)
                .query(Long.class)
                .optional();
    }

    /** Its number. */
    long sentAs(@Nullable UUID sentAs) {
        return jdbc.sql("SELECT number FROM help_request WHERE sent_as = :sentAs")
                .param("sentAs", sentAs)
                .query(Long.class)
                .single();
    }

    /** Streamed, so that no file is held in memory. */
    void insert(long request, int position, Attachment file) {
        try (InputStream content = file.content().getInputStream()) {
            jdbc.sql("""
                            INSERT INTO help_attachment (request, position, name, kind, size, bytes)
                            VALUES (:request, :position, :name, :kind, :size, :bytes)""")
                    .param("request", request)
                    .param("position", position)
                    .param("name", file.name())
                    .param("kind", file.kind().name())
                    .param("size", file.size())
                    .param("bytes", new SqlBinaryValue(content, file.size()))
                    .update();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<HelpRequest> find(long number) {
        return jdbc.sql(SELECT + "r.number = :number")
                .param("number", number)
                .query(RequestTables::request)
                .optional();
    }

    /** Newest first. */
    List<HelpRequest> list(HelpRequestFilter filter, int most) {
        String text = filter.text() == null ? null : filter.text().strip();
        return jdbc.sql(SELECT + """
                        (:state::text IS NULL OR r.state = :state)
                        AND (:topic::text IS NULL OR r.topic = :topic)
                        AND (:territory::text IS NULL OR r.territory = :territory)
                        AND (:before::bigint IS NULL OR r.number < :before)
                        AND (:text::text IS NULL
                          OR strpos(lower(concat_ws(' ', r.given, r.family, r.given, r.email, r.message)), lower(:text)) > 0
                          OR 'sas-' || lpad(r.number::text, 6, '0') = lower(:text))
                        ORDER BY r.number DESC LIMIT :most""")
                .param("state", filter.state() == null ? null : filter.state().name())
                .param("topic", filter.topic() == null ? null : filter.topic().code())
                .param("territory", filter.territory())
                .param("before", filter.before())
                .param("text", text == null || text.isEmpty() ? null : text)
                .param("most", most)
                .query(RequestTables::request)
                .list();
    }

    Map<HelpRequest.State, Long> counts() {
        Map<HelpRequest.State, Long> counts = new EnumMap<>(HelpRequest.State.class);
        for (HelpRequest.State state : HelpRequest.State.values()) {
            counts.put(state, 0L);
        }
        jdbc.sql("SELECT state, count(*) AS requests FROM help_request GROUP BY state")
                .query((row, i) ->
                        counts.put(HelpRequest.State.valueOf(row.getString("state")), row.getLong("requests")))
                .list();
        return counts;
    }

    List<HelpAttachment> attachments(long request) {
        return jdbc.sql(
                        "SELECT position, name, kind, size FROM help_attachment WHERE request = :request ORDER BY position")
                .param("request", request)
                .query((row, i) -> attachment(row))
                .list();
    }

    Optional<HelpAttachment> attachment(long request, int position) {
        return attachments(request).stream()
                .filter(file -> file.position() == position)
                .findFirst();
    }

    Optional<byte[]> bytes(long request, int position) {
        return jdbc.sql("SELECT bytes FROM help_attachment WHERE request = :request AND position = :position")
                .param("request", request)
                .param("position", position)
                .query(byte[].class)
                .optional();
    }

    List<HelpDeed> deeds(long request) {
        return jdbc.sql("SELECT * FROM help_deed WHERE request = :request ORDER BY id")
                .param("request", request)
                .query((row, i) -> new HelpDeed(
                        Columns.requiredInstant(row, "done_at"),
                        row.getString("done_by"),
                        HelpDeed.Kind.valueOf(row.getString("kind")),
                        row.getString("text")))
                .list();
    }

    /** @return its id */
    long insert(long request, HelpDeed deed) {
        return jdbc.sql("""
                        INSERT INTO help_deed (request, done_at, done_by, kind, text)
                        VALUES (:request, :at, :by, :kind, :text) RETURNING id""")
                .param("request", request)
                .param("at", Timestamp.from(deed.at()))
                .param("by", deed.by())
                .param("kind", deed.kind().name())
                .param("text", deed.text())
                .query(Long.class)
                .single();
    }

    void set(long request, HelpRequest.State state, Instant now) {
        jdbc.sql("UPDATE help_request SET state = :state, changed_at = :now WHERE number = :request")
                .param("state", state.name())
                .param("now", Timestamp.from(now))
                .param("request", request)
                .update();
    }

    /** Does not delete open ones. */
    void deleteUntouchedSince(Instant then) {
        jdbc.sql("DELETE FROM help_request WHERE state <> 'OPEN' AND changed_at < :then")
                .param("then", Timestamp.from(then))
                .update();
    }

    private static HelpAttachment attachment(ResultSet row) throws SQLException {
        return new HelpAttachment(
                row.getInt("position"),
                row.getString("name"),
                AttachmentKind.valueOf(row.getString("kind")),
                row.getLong("size"));
    }

    private static HelpRequest request(ResultSet row, int i) throws SQLException {
        String addressee = row.getString("addressee");
        String territory = row.getString("territory");
        return new HelpRequest(
                row.getLong("number"),
                Columns.requiredInstant(row, "asked_at"),
                AskerRole.parse(row.getString("role")).orElse(AskerRole.OTHER),
                RequestTopic.parse(row.getString("topic")).orElse(RequestTopic.OTHER),
                row.getString("family"),
                row.getString("given"),
                row.getString("phone"),
                new EmailAddress(row.getString("email")),
                Departement.find(territory).orElse(new Departement(territory, territory)),
                row.getString("message"),
                row.getString("page"),
                row.getObject("account", UUID.class),
                row.getString("language"),
                addressee == null ? null : new EmailAddress(addressee),
                HelpRequest.State.valueOf(row.getString("state")),
                row.getInt("attachments"));
    }
}
