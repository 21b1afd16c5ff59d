package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Practitioners, their places and facilities, row by row. */
@Component
class PractitionerTables {

    private static final int FETCH = 5_000;

    private final JdbcClient jdbc;
    private final JdbcClient streamed;

    PractitionerTables(JdbcClient jdbc, DataSource database) {
        this.jdbc = jdbc;
        JdbcTemplate inPieces = new JdbcTemplate(database);
        inPieces.setFetchSize(FETCH);
        this.streamed = JdbcClient.create(inPieces);
    }

    /** @param version counts the changes; 0 when there is no row yet */
    record Versioned<T>(@Nullable T value, long version) {}

    Map<PractitionerId, Versioned<DirectoryPractitioner>> practitioners(Collection<PractitionerId> ids) {
        String[] values = ids.stream().map(PractitionerId::value).distinct().toArray(String[]::new);
        Map<String, List<DirectoryPlace>> places = new HashMap<>();
        jdbc.sql("SELECT * FROM directory_place WHERE practitioner = ANY(:ids) ORDER BY practitioner, id")
                .param("ids", values)
                .query(row -> {
                    places.computeIfAbsent(row.getString("practitioner"), id -> new ArrayList<>(2))
                            .add(place(row));
                });
        Map<PractitionerId, Versioned<DirectoryPractitioner>> found = new HashMap<>();
        jdbc.sql("SELECT * FROM directory_practitioner WHERE id = ANY(:ids)")
                .param("ids", values)
                .query(row -> {
                    PractitionerId id = new PractitionerId(row.getString("id"));
                    DirectoryPractitioner practitioner = new DirectoryPractitioner(
                            id,
                            row.getString("family"),
                            texts(row.getArray("given")),
                            row.getString("profession"),
                            texts(row.getArray("specialties")),
                            places.getOrDefault(id.value(), List.of()));
                    found.put(id, new Versioned<>(practitioner, row.getLong("version")));
                });
        return found;
    }

    /**
     * Places are indexed by their first two structures only, which spares extractions from maintaining an index of all.
     */
    Set<PractitionerId> workingAt(Collection<StructureId> structures, int most) {
        return practitioners(jdbc.sql("""
                        SELECT practitioner FROM directory_place WHERE structures[1] = ANY (:structures)
                        UNION SELECT practitioner FROM directory_place WHERE structures[2] = ANY (:structures)
                        UNION SELECT practitioner FROM directory_place
                          WHERE cardinality(structures) > 2 AND structures && :structures::text[]
                        LIMIT :most""")
                .param("structures", structures.stream().map(StructureId::value).toArray(String[]::new))
                .param("most", most));
    }

    /** @param postalCodes codes or their beginnings; letters and digits */
    Set<PractitionerId> workingIn(Collection<String> postalCodes, int most) {
        return practitioners(jdbc.sql("""
                        SELECT DISTINCT p.practitioner FROM unnest(:postalCodes::text[]) AS c (code) CROSS
                          JOIN LATERAL (
                            SELECT practitioner FROM directory_place
                            WHERE postal_code ~>=~ c.code AND postal_code ~<~ (c.code || '~') OFFSET 0) AS p
                        LIMIT :most""")
                .param("postalCodes", postalCodes.toArray(String[]::new))
                .param("most", most));
    }

    private static Set<PractitionerId> practitioners(JdbcClient.StatementSpec query) {
        return Set.copyOf(query.query((row, i) -> new PractitionerId(row.getString("practitioner")))
                .list());
    }

    private static DirectoryPlace place(ResultSet row) throws SQLException {
        return new DirectoryPlace(
                row.getString("id"),
                texts(row.getArray("structures")).stream().map(StructureId::new).toList(),
                row.getString("name"),
                row.getString("line"),
                row.getString("postal_code"),
                row.getString("city"),
                row.getString("phone"),
                ZoneId.of(row.getString("zone")));
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }

    /** Streams every id, without holding them all. */
    @Transactional(readOnly = true)
    void forEachPractitioner(Consumer<PractitionerId> action) {
        try (Stream<String> ids = streamed.sql("SELECT id FROM directory_practitioner").query(String.class).stream()) {
            ids.forEach(id -> action.accept(new PractitionerId(id)));
        }
    }

    Set<PractitionerId> practitionersAmong(Collection<PractitionerId> ids) {
        return Set.copyOf(jdbc.sql("SELECT id FROM directory_practitioner WHERE id = ANY(:ids)")
                .param("ids", ids.stream().map(PractitionerId::value).toArray(String[]::new))
                .query((row, i) -> new PractitionerId(row.getString("id")))
                .list());
    }

    List<PractitionerId> practitionersAfter(String last, int most) {
        return jdbc.sql("SELECT id FROM directory_practitioner WHERE id > :last ORDER BY id LIMIT :most")
                .param("last", last)
                .param("most", most)
                .query((row, i) -> new PractitionerId(row.getString("id")))
                .list();
    }

    long countPractitioners() {
        return jdbc.sql("SELECT count(*) FROM directory_practitioner")
                .query(Long.class)
                .single();
    }

    List<StructureId> associations() {
        return jdbc.sql("SELECT id FROM directory_facility WHERE kind = 'SOS' AND id ~ '^[13]'")
                .query((row, i) -> new StructureId(row.getString("id")))
                .list();
    }

    /** The practitioner is now owned by the API: extractions no longer change them. */
    void save(DirectoryPractitioner practitioner) {
        jdbc.sql("""
                        INSERT INTO directory_practitioner AS d (id, family, given, profession, specialties, by_api)
                        VALUES (:id, :family, :given, :profession, :specialties, true)
                        ON CONFLICT (id) DO UPDATE SET family = excluded.family, given = excluded.given,
                            profession = excluded.profession, specialties = excluded.specialties, by_api = true,
                            version = d.version + 1
                        """)
                .param("id", practitioner.id().value())
                .param("family", practitioner.family())
                .param("given", practitioner.given().toArray(String[]::new))
                .param("profession", practitioner.profession())
                .param("specialties", practitioner.specialties().toArray(String[]::new))
                .update();
        jdbc.sql("DELETE FROM directory_place WHERE practitioner = :id")
                .param("id", practitioner.id().value())
                .update();
        for (DirectoryPlace place : practitioner.places()) {
            jdbc.sql("""
                            INSERT INTO directory_place
                                (practitioner, id, structures, name, line, postal_code, city, phone, zone)
                            VALUES (:practitioner, :id, :structures, :name, :line, :postalCode, :city, :phone, :zone)
                            """)
                    .param("practitioner", practitioner.id().value())
                    .param("id", place.id())
                    .param(
                            "structures",
                            place.structures().stream().map(StructureId::value).toArray(String[]::new))
                    .param("name", place.name())
                    .param("line", place.line())
                    .param("postalCode", place.postalCode())
                    .param("city", place.city())
                    .param("phone", place.phone())
                    .param("zone", place.zone().getId())
                    .update();
        }
    }

    /** @return whether there was such a practitioner */
    boolean delete(PractitionerId id) {
        return jdbc.sql("DELETE FROM directory_practitioner WHERE id = :id")
                        .param("id", id.value())
                        .update()
                > 0;
    }

    Versioned<Facility> facility(StructureId id) {
        return facilities(List.of(id)).getOrDefault(id, new Versioned<>(null, 0));
    }

    /** Each under any of its ids; what the API wrote comes first, under whichever id, then what has a kind. */
    Map<StructureId, Versioned<Facility>> facilities(Collection<StructureId> ids) {
        Map<StructureId, Versioned<Facility>> found = new HashMap<>();
        jdbc.sql("""
                        SELECT DISTINCT ON (a.id) a.id AS asked, f.* FROM unnest(:ids::text[]) AS a (id)
                        CROSS JOIN LATERAL (
                            SELECT a.id UNION SELECT unnest(g.together_with) FROM directory_facility g
                              WHERE g.id = a.id) AS n (id)
                        JOIN directory_facility f ON f.id = n.id
                        ORDER BY a.id, f.by_api DESC, f.kind IS NULL, f.id = a.id DESC, f.id
                        """)
                .param("ids", ids.stream().map(StructureId::value).toArray(String[]::new))
                .query(row -> {
                    found.put(
                            new StructureId(row.getString("asked")),
                            new Versioned<>(facility(row), row.getLong("version")));
                });
        return found;
    }

    private static Facility facility(ResultSet row) throws SQLException {
        String kind = row.getString("kind");
        return new Facility(
                new StructureId(row.getString("id")),
                row.getString("name"),
                kind == null ? null : Facility.Kind.valueOf(kind),
                row.getString("phone"),
                row.getString("line"),
                row.getString("postal_code"),
                row.getString("city"));
    }

    /**
     * Sorted by name, then id; each facility once, under the id it is stored under.
     *
     * @param after the id of the last one on the previous page; null for the first page
     */
    List<Facility> facilities(FacilityQuery asked, @Nullable StructureId after, int atMost) {
        String kind = asked.kind() == null ? null : asked.kind().name();
        return jdbc.sql("""
                        SELECT f.* FROM directory_facility f, (SELECT directory_plain(t) AS text, directory_plain(:name)
                          AS name, directory_plain(:town) AS town,
                            CASE WHEN t ~* '^ *[0-9][0-9ab ]{2,}$' THEN upper(replace(t, ' ', '')) END AS id
                          FROM (SELECT :text::text AS t) typed) q
                        WHERE f.id ~ '^[13]' AND (:kind::text IS NULL OR f.kind = :kind)
                          AND (NOT EXISTS (SELECT FROM string_to_table(q.text, ' ') AS word
                              WHERE f.plain_name || f.plain_city NOT LIKE '% ' || word || '%'
                                AND NOT (length(word) > 1 AND starts_with('saint', word)
                                  AND f.plain_name || f.plain_city || ' ' LIKE ANY ('{% st %,% ste %}')))
                            OR EXISTS (SELECT FROM unnest(f.id || f.together_with) AS own (id)
                              WHERE starts_with(own.id, q.id) OR starts_with(substr(own.id, 2), q.id)))
                          AND f.plain_name LIKE ALL (SELECT '% ' || word || '%'
                            FROM string_to_table(q.name, ' ') AS word)
                          AND (q.town = '' OR f.plain_city LIKE ' ' || q.town || '%')
                          AND (:postalCode::text IS NULL OR starts_with(f.postal_code, :postalCode))
                          AND (:where::text IS NULL OR f.postal_code ~ :where)
                          AND (f.by_api OR f.id < ALL (f.together_with) AND NOT EXISTS (
                            SELECT FROM directory_facility a WHERE a.by_api AND a.id = ANY (f.together_with)))
                          AND (:after::text IS NULL
                            OR (f.plain_name, f.id) > (SELECT l.plain_name, l.id FROM directory_facility l
                              WHERE l.id = :after))
                        ORDER BY f.plain_name, f.id LIMIT :atMost
                        """)
                .param("name", asked.name())
                .param("town", asked.town())
                .param("text", asked.text())
                .param("kind", kind)
                .param("postalCode", asked.postalCode())
                .param("where", asked.where())
                .param("after", after == null ? null : after.value())
                .param("atMost", atMost)
                .query((row, i) -> facility(row))
                .list();
    }

    List<Facility> facilitiesKeptUnder(Collection<StructureId> ids) {
        return jdbc.sql("SELECT * FROM directory_facility WHERE id = ANY (:ids)")
                .param("ids", ids.stream().map(StructureId::value).toArray(String[]::new))
                .query((row, i) -> facility(row))
                .list();
    }

    void save(Facility facility) {
        jdbc.sql("""
                        INSERT INTO directory_facility AS d (id, name, kind, phone, line, postal_code, city, by_api)
                        VALUES (:id, :name, :kind, :phone, :line, :postalCode, :city, true)
                        ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind,
                          phone = excluded.phone,
                            line = excluded.line, postal_code = excluded.postal_code, city = excluded.city,
                              by_api = true,
                            version = d.version + 1
                        """)
                .param("id", facility.id().value())
                .param("name", facility.name())
                .param(
                        "kind",
                        Optional.ofNullable(facility.kind()).map(Enum::name).orElse(null))
                .param("phone", facility.phone())
                .param("line", facility.line())
                .param("postalCode", facility.postalCode())
                .param("city", facility.city())
                .update();
    }

    /** Serialises writers of one row, even before it exists. */
    void lock(String id) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('directory ' || :id, 0))")
                .param("id", id)
                .query(row -> {});
    }
}
