package fr.sas.hub.account;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.Person;
import fr.sas.hub.database.Columns;
import fr.sas.hub.delegation.Territories;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Accounts for display and search, with the capacities in which they act; and their history. */
@Repository
class AccountTable {

    private static final String VIEW = """
            SELECT a.*, CASE WHEN a.practitioner IS NULL THEN '{}' ELSE '{practitioner}'::text[] END || ARRAY(
              SELECT DISTINCT d.kind FROM delegation_acting d WHERE d.email = a.email ORDER BY d.kind) AS kinds
            FROM account_account a WHERE (CAST(:codes AS text) IS NULL
              OR a.territories && string_to_array(:codes, ',')
              OR EXISTS (SELECT FROM delegation_acting d WHERE d.email = a.email AND d.territories && string_to_array(:codes, ','))
              OR EXISTS (SELECT FROM delegation_acting d JOIN directory_postal_code p ON p.id = d.subject
                         WHERE d.email = a.email AND p.postal_code ~ :postalCodes)
              OR EXISTS (SELECT FROM directory_postal_code p WHERE p.id = a.practitioner AND p.postal_code ~ :postalCodes))
            """;

    private final JdbcClient jdbc;

    AccountTable(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param where null for everywhere */
    Optional<AccountView> find(UUID id, @Nullable Territories where) {
        return in(where, VIEW + " AND a.id = :id")
                .param("id", id)
                .query((rs, row) -> view(rs))
                .optional();
    }

    /**
     * Accounts by name.
     *
     * @param text parts of a name, in any order, with or without accents; part of an address; or the beginning of a
     *     national id, with or without its first digit; null for all
     * @param where null for everywhere
     * @param after the last account of the previous page; null for the first page
     */
    List<AccountView> list(@Nullable String text, @Nullable Territories where, @Nullable UUID after, int atMost) {
        return in(where, VIEW + """
                 AND (CAST(:text AS text) IS NULL OR position(:text IN a.email) > 0
                   OR starts_with(a.practitioner, :text) OR starts_with(substr(a.practitioner, 2), :text)
                   OR NOT EXISTS (SELECT FROM string_to_table(:words, ' ') AS word WHERE position(word IN
                     lower(regexp_replace(normalize(a.given || ' ' || a.family, NFD), '[\u0300-\u036F]', '', 'g'))) = 0))
                 AND (CAST(:after AS uuid) IS NULL
                   OR (a.family, a.given, a.id) > (SELECT b.family, b.given, b.id FROM account_account b WHERE b.id = :after))
                 ORDER BY a.family, a.given, a.id LIMIT :atMost""")
                .param("text", text == null ? null : text.strip().toLowerCase(Locale.ROOT))
                .param("words", text == null ? null : searchable(text))
                .param("after", after)
                .param("atMost", atMost)
                .query((rs, row) -> view(rs))
                .list();
    }

    private static String searchable(String text) {
        return Normalizer.normalize(text.strip(), Normalizer.Form.NFD)
                .replaceAll("[\\u0300-\\u036F]", "")
                .replaceAll("\\s+", " ")
                .toLowerCase(Locale.ROOT);
    }

    private JdbcClient.StatementSpec in(@Nullable Territories where, String sql) {
        return jdbc.sql(sql)
                .param(
                        "codes",
                        where == null
                                ? null
                                : String.join(
                                        ",",
                                        where.all().stream()
                                                .map(Object::toString)
                                                .toList()))
                .param("postalCodes", where == null ? null : where.postalCodes());
    }

    /** Whether the person's account is closed; false if there is no account. */
    boolean isClosed(Person person) {
        String column = person.kind() == Person.Kind.PRACTITIONER ? "practitioner" : "email";
        return jdbc.sql("SELECT EXISTS (SELECT FROM account_account WHERE closed_at IS NOT NULL AND " + column
                        + " = :id)")
                .param("id", person.id())
                .query(Boolean.class)
                .single();
    }

    /** @param before null if it is new */
    void recordChange(UUID account, Instant at, Authorship by, @Nullable String before, String after) {
        jdbc.sql("""
                INSERT INTO account_change (account, at, client, person, before, after)
                VALUES (:account, :at, :client, :person, :before::json, :after::json)""")
                .param("account", account)
                .param("at", Timestamp.from(at))
                .param("client", by.client())
                .param("person", by.person())
                .param("before", before)
                .param("after", after)
                .update();
    }

    /** Newest first. */
    List<AccountChange> changes(UUID account, int atMost) {
        return jdbc.sql("SELECT * FROM account_change WHERE account = :account ORDER BY id DESC LIMIT :atMost")
                .param("account", account)
                .param("atMost", atMost)
                .query((rs, row) -> new AccountChange(
                        Columns.requiredInstant(rs, "at"),
                        rs.getString("client"),
                        rs.getString("person"),
                        rs.getString("before"),
                        rs.getString("after")))
                .list();
    }

    private static AccountView view(ResultSet rs) throws SQLException {
        return new AccountView(
                rs.getObject("id", UUID.class),
                rs.getString("email"),
                rs.getString("practitioner"),
                rs.getString("family"),
                rs.getString("given"),
                texts(rs, "kinds"),
                texts(rs, "roles"),
                texts(rs, "territories"),
                Columns.requiredInstant(rs, "created_at"),
                Columns.instant(rs, "last_sign_in_at"),
                Columns.instant(rs, "terms_accepted_at"),
                Columns.instant(rs, "closed_at"),
                rs.getLong("revision"),
                Columns.requiredInstant(rs, "changed_at"),
                rs.getString("changed_by"));
    }

    private static List<String> texts(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return List.of((String[]) array.getArray());
    }
}
