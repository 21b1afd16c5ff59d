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
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Practitioners, their places and facilities, row by row. */
@Component
class PractitionerTables {

    private static final int FETCH = 5_000;

    private final JdbcTemplate jdbc;

    PractitionerTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param version counts the changes; 0 when there is no row yet */
    record Kept<T>(@Nullable T value, long version) {}

    Map<PractitionerId, Kept<DirectoryPractitioner>> practitioners(Collection<PractitionerId> ids) {
        String[] values = ids.stream().map(PractitionerId::value).distinct().toArray(String[]::new);
        Map<String, List<DirectoryPlace>> places = new HashMap<>();
        jdbc.query(
                "SELECT * FROM directory_place WHERE practitioner = ANY(?) ORDER BY practitioner, id",
                row -> {
                    places.computeIfAbsent(row.getString("practitioner"), id -> new ArrayList<>(2))
                            .add(place(row));
                },
                (Object) values);
        Map<PractitionerId, Kept<DirectoryPractitioner>> found = new HashMap<>();
        jdbc.query(
                "SELECT * FROM directory_practitioner WHERE id = ANY(?)",
                row -> {
                    PractitionerId id = new PractitionerId(row.getString("id"));
                    DirectoryPractitioner practitioner = new DirectoryPractitioner(
                            id,
                            row.getString("family"),
                            texts(row.getArray("given")),
                            row.getString("profession"),
                            texts(row.getArray("specialties")),
                            places.getOrDefault(id.value(), List.of()));
                    found.put(id, new Kept<>(practitioner, row.getLong("version")));
                },
                (Object) values);
        return found;
    }

    /**
     * Places are indexed by their first two structures only, which spares extractions from maintaining an index of all.
     */
    Set<PractitionerId> workingAt(Collection<StructureId> structures, int most) {
        Object ids = structures.stream().map(StructureId::value).toArray(String[]::new);
        return practitioners("""
                SELECT practitioner FROM directory_place WHERE structures[1] = ANY (?)
                UNION SELECT practitioner FROM directory_place WHERE structures[2] = ANY (?)
                UNION SELECT practitioner FROM directory_place WHERE cardinality(structures) > 2 AND structures && ?::text[]
                LIMIT ?""", ids, ids, ids, most);
    }

    /** @param postalCodes codes or their beginnings; letters and digits */
    Set<PractitionerId> workingIn(Collection<String> postalCodes, int most) {
        return practitioners("""
                SELECT DISTINCT p.practitioner FROM unnest(?::text[]) AS c (code) CROSS JOIN LATERAL (
                    SELECT practitioner FROM directory_place
                    WHERE postal_code ~>=~ c.code AND postal_code ~<~ (c.code || '~') OFFSET 0) AS p
                LIMIT ?""", postalCodes.toArray(String[]::new), most);
    }

    private Set<PractitionerId> practitioners(String query, Object... arguments) {
        return Set.copyOf(jdbc.query(query, (row, i) -> new PractitionerId(row.getString("practitioner")), arguments));
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
        try (Stream<String> ids =
                streamed().queryForStream("SELECT id FROM directory_practitioner", (row, i) -> row.getString("id"))) {
            ids.forEach(id -> action.accept(new PractitionerId(id)));
        }
    }

    List<PractitionerId> practitionersAfter(String last, int most) {
        return jdbc.query(
                "SELECT id FROM directory_practitioner WHERE id > ? ORDER BY id LIMIT ?",
                (row, i) -> new PractitionerId(row.getString("id")),
                last,
                most);
    }

    long countPractitioners() {
        return java.util.Objects.requireNonNull(
                jdbc.queryForObject("SELECT count(*) FROM directory_practitioner", Long.class));
    }

    List<StructureId> associations() {
        return jdbc.query(
                "SELECT id FROM directory_facility WHERE kind = 'SOS' AND id ~ '^[13]'",
                (row, i) -> new StructureId(row.getString("id")));
    }

    private JdbcTemplate streamed() {
        JdbcTemplate streamed = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
        streamed.setFetchSize(FETCH);
        return streamed;
    }

    /** The practitioner is now owned by the API: extractions no longer change them. */
    void save(DirectoryPractitioner practitioner) {
        jdbc.update(
                """
                INSERT INTO directory_practitioner AS d (id, family, given, profession, specialties, by_api)
                VALUES (?, ?, ?, ?, ?, true)
                ON CONFLICT (id) DO UPDATE SET family = excluded.family, given = excluded.given,
                    profession = excluded.profession, specialties = excluded.specialties, by_api = true,
                    version = d.version + 1
                """,
                practitioner.id().value(),
                practitioner.family(),
                practitioner.given().toArray(String[]::new),
                practitioner.profession(),
                practitioner.specialties().toArray(String[]::new));
        jdbc.update(
                "DELETE FROM directory_place WHERE practitioner = ?",
                practitioner.id().value());
        for (DirectoryPlace place : practitioner.places()) {
            jdbc.update(
                    """
                    INSERT INTO directory_place
                        (practitioner, id, structures, name, line, postal_code, city, phone, zone)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                    practitioner.id().value(),
                    place.id(),
                    place.structures().stream().map(StructureId::value).toArray(String[]::new),
                    place.name(),
                    place.line(),
                    place.postalCode(),
                    place.city(),
                    place.phone(),
                    place.zone().getId());
        }
    }

    /** @return whether there was such a practitioner */
    boolean delete(PractitionerId id) {
        return jdbc.update("DELETE FROM directory_practitioner WHERE id = ?", id.value()) > 0;
    }

    Kept<Facility> facility(StructureId id) {
        return facilities(List.of(id)).getOrDefault(id, new Kept<>(null, 0));
    }

    /** Each under any of its ids; what the API wrote comes first, under whichever id, then what has a kind. */
    Map<StructureId, Kept<Facility>> facilities(Collection<StructureId> ids) {
        Map<StructureId, Kept<Facility>> found = new HashMap<>();
        jdbc.query(
                """
                SELECT DISTINCT ON (a.id) a.id AS asked, f.* FROM unnest(?::text[]) AS a (id)
                CROSS JOIN LATERAL (
                    SELECT a.id UNION SELECT unnest(g.together_with) FROM directory_facility g WHERE g.id = a.id) AS n (id)
                JOIN directory_facility f ON f.id = n.id
                ORDER BY a.id, f.by_api DESC, f.kind IS NULL, f.id = a.id DESC, f.id
                """,
                row -> {
                    found.put(
                            new StructureId(row.getString("asked")), new Kept<>(facility(row), row.getLong("version")));
                },
                (Object) ids.stream().map(StructureId::value).toArray(String[]::new));
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
        return jdbc.query(
                """
                SELECT f.* FROM directory_facility f, (SELECT directory_plain(t) AS text, directory_plain(?) AS name,
                    directory_plain(?) AS town, CASE WHEN t ~* '^ *[0-9][0-9ab ]{2,}$' THEN upper(replace(t, ' ', '')) END AS id
                  FROM (SELECT ?::text AS t) typed) q
                WHERE f.id ~ '^[13]' AND (?::text IS NULL OR f.kind = ?)
                  AND (NOT EXISTS (SELECT FROM string_to_table(q.text, ' ') AS word
                      WHERE f.plain_name || f.plain_city NOT LIKE '% ' || word || '%'
                        AND NOT (length(word) > 1 AND starts_with('saint', word)
                          AND f.plain_name || f.plain_city || ' ' LIKE ANY ('{% st %,% ste %}')))
                    OR EXISTS (SELECT FROM unnest(f.id || f.together_with) AS own (id)
                      WHERE starts_with(own.id, q.id) OR starts_with(substr(own.id, 2), q.id)))
                  AND f.plain_name LIKE ALL (SELECT '% ' || word || '%' FROM string_to_table(q.name, ' ') AS word)
                  AND (q.town = '' OR f.plain_city LIKE ' ' || q.town || '%')
                  AND (?::text IS NULL OR starts_with(f.postal_code, ?))
                  AND (?::text IS NULL OR f.postal_code ~ ?)
                  AND (f.by_api OR f.id < ALL (f.together_with) AND NOT EXISTS (
                    SELECT FROM directory_facility a WHERE a.by_api AND a.id = ANY (f.together_with)))
                  AND (?::text IS NULL
                    OR (f.plain_name, f.id) > (SELECT l.plain_name, l.id FROM directory_facility l WHERE l.id = ?))
                ORDER BY f.plain_name, f.id LIMIT ?
                """,
                (row, i) -> facility(row),
                asked.name(),
                asked.town(),
                asked.text(),
                kind,
                kind,
                asked.postalCode(),
                asked.postalCode(),
                asked.where(),
                asked.where(),
                after == null ? null : after.value(),
                after == null ? null : after.value(),
                atMost);
    }

    List<Facility> facilitiesKeptUnder(Collection<StructureId> ids) {
        return jdbc.query("SELECT * FROM directory_facility WHERE id = ANY (?)", (row, i) -> facility(row), (Object)
                ids.stream().map(StructureId::value).toArray(String[]::new));
    }

    void save(Facility facility) {
        jdbc.update(
                """
                INSERT INTO directory_facility AS d (id, name, kind, phone, line, postal_code, city, by_api)
                VALUES (?, ?, ?, ?, ?, ?, ?, true)
                ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, phone = excluded.phone,
                    line = excluded.line, postal_code = excluded.postal_code, city = excluded.city, by_api = true,
                    version = d.version + 1
                """,
                facility.id().value(),
                facility.name(),
                Optional.ofNullable(facility.kind()).map(Enum::name).orElse(null),
                facility.phone(),
                facility.line(),
                facility.postalCode(),
                facility.city());
    }

    /** Serialises writers of one row, even before it exists. */
    void lock(String id) {
        jdbc.query("SELECT pg_advisory_xact_lock(hashtextextended('directory ' || ?, 0))", row -> {}, id);
    }
}
