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

    /** @param version counts the changes; 0 when there is nothing yet */
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

    /** Every id, without holding them all. */
    @Transactional(readOnly = true)
    void forEachPractitioner(Consumer<PractitionerId> action) {
        try (Stream<String> ids =
                streamed().queryForStream("SELECT id FROM directory_practitioner", (row, i) -> row.getString(1))) {
            ids.forEach(id -> action.accept(new PractitionerId(id)));
        }
    }

    private JdbcTemplate streamed() {
        JdbcTemplate streamed = new JdbcTemplate(java.util.Objects.requireNonNull(jdbc.getDataSource()));
        streamed.setFetchSize(FETCH);
        return streamed;
    }

    /** The practitioner becomes the API's: no extraction touches them any more. */
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

    /** @return whether there was anybody */
    boolean delete(PractitionerId id) {
        return jdbc.update("DELETE FROM directory_practitioner WHERE id = ?", id.value()) > 0;
    }

    /** Under any of its ids; what the API wrote comes first, under whichever it wrote it. */
    Kept<Facility> facility(StructureId id) {
        return jdbc
                .query(
                        """
                        SELECT * FROM directory_facility WHERE id = ?
                        OR id IN (SELECT unnest(together_with) FROM directory_facility WHERE id = ?)
                        ORDER BY by_api DESC, id = ? DESC, id LIMIT 1
                        """,
                        (row, i) -> new Kept<>(facility(row), row.getLong("version")),
                        id.value(),
                        id.value(),
                        id.value())
                .stream()
                .findFirst()
                .orElse(new Kept<>(null, 0));
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

    /** Writers of one row take turns, also before it exists. */
    void lock(String id) {
        jdbc.query("SELECT pg_advisory_xact_lock(hashtextextended('directory ' || ?, 0))", row -> {}, id);
    }
}
