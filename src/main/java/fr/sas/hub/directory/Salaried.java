package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/**
 * Which practitioners are salaried doctors of which health centre: derived from places and facilities, and stored
 * whenever one of them changes, in the same transaction.
 */
@Component
class Salaried {

    /** Always taken after writing the rows it is derived from, which prevents deadlocks. */
    private static final String LOCK = "hashtext('directory_salaried')";

    private final JdbcTemplate jdbc;
    private final ApplicationEventPublisher events;

    Salaried(JdbcTemplate jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    Set<PractitionerId> at(Collection<StructureId> centres) {
        return Set.copyOf(jdbc.query(
                "SELECT DISTINCT practitioner FROM directory_salaried WHERE centre = ANY (?)",
                (row, i) -> new PractitionerId(row.getString("practitioner")),
                (Object) values(centres)));
    }

    List<SalariedDoctor> of(Collection<PractitionerId> practitioners) {
        return jdbc.query(
                "SELECT practitioner, place, centre FROM directory_salaried WHERE practitioner = ANY (?)",
                (row, i) -> new SalariedDoctor(
                        new PractitionerId(row.getString("practitioner")),
                        row.getString("place"),
                        new StructureId(row.getString("centre"))),
                (Object) practitioners.stream().map(PractitionerId::value).toArray(String[]::new));
    }

    /** By the id requested; the first centre when an id belongs to several. */
    Map<StructureId, StructureId> centresKnownAs(Collection<StructureId> ids) {
        Map<StructureId, StructureId> centres = new HashMap<>();
        jdbc.query(
                "SELECT id, centre FROM directory_centre_id WHERE id = ANY (?) ORDER BY id, centre",
                row -> {
                    centres.putIfAbsent(new StructureId(row.getString("id")), new StructureId(row.getString("centre")));
                },
                (Object) values(ids));
        return centres;
    }

    /**
     * Call after this practitioner's places were written. Many may run concurrently, but none while facilities change.
     */
    void follow(PractitionerId practitioner) {
        jdbc.query("SELECT pg_advisory_xact_lock_shared(" + LOCK + ")", rs -> {});
        tell(Set.of(), write(List.of(practitioner.value())));
    }

    /** Call after writing a facility that has become, or ceased to be, a health centre. */
    void follow(StructureId facility) {
        jdbc.query("SELECT pg_advisory_xact_lock(" + LOCK + ")", rs -> {});
        Set<StructureId> ids = idsOf(facility);
        List<String> there = jdbc.queryForList("""
                SELECT practitioner FROM directory_place WHERE structures && ?::text[]
                UNION SELECT practitioner FROM directory_salaried WHERE centre = ?""", String.class, values(ids), facility.value());
        tell(ids, write(there));
    }

    /**
     * Wraps the application of an extraction: it may move anyone, and reveal that two ids belong to one facility. The
     * tables were just filled and have no statistics: values are compared as parameters, not by joins.
     */
    <T> T followAll(Supplier<T> write) {
        Set<StructureId> before = centreIds();
        T outcome = write.get();
        jdbc.query("SELECT pg_advisory_xact_lock(" + LOCK + ")", rs -> {});
        Set<StructureId> ids = centreIds();
        List<String> there = jdbc.queryForList("""
                SELECT p.practitioner FROM directory_place p CROSS JOIN LATERAL unnest(p.structures) AS s (id)
                WHERE s.id = ANY (?::text[]) UNION SELECT practitioner FROM directory_salaried""", String.class, (Object) values(ids));
        Set<StructureId> changed = new HashSet<>(before);
        changed.addAll(ids);
        changed.removeIf(id -> before.contains(id) && ids.contains(id));
        tell(changed, write(there));
        return outcome;
    }

    Set<StructureId> idsOf(StructureId facility) {
        Set<StructureId> ids = new HashSet<>(
                jdbc.query("""
                SELECT unnest(together_with) AS id FROM directory_facility WHERE id = ?
                UNION SELECT id FROM directory_facility WHERE together_with @> ARRAY[?::text]""", (row, i) -> new StructureId(row.getString("id")), facility.value(), facility.value()));
        ids.add(facility);
        return ids;
    }

    private static String[] values(Collection<StructureId> ids) {
        return ids.stream().map(StructureId::value).toArray(String[]::new);
    }

    private Set<StructureId> centreIds() {
        return new HashSet<>(
                jdbc.query("SELECT id FROM directory_centre_id", (row, i) -> new StructureId(row.getString("id"))));
    }

    /** @return those for whom something changed */
    private Set<PractitionerId> write(List<String> practitioners) {
        Object[] ids = practitioners.toArray(String[]::new);
        return Set.copyOf(jdbc.query("""
                WITH today AS MATERIALIZED (
                    SELECT practitioner, place, centre FROM directory_place_at_centre WHERE practitioner = ANY (?)),
                gone AS (
                    DELETE FROM directory_salaried s WHERE practitioner = ANY (?)
                    AND NOT EXISTS (SELECT FROM today t
                        WHERE (t.practitioner, t.place, t.centre) = (s.practitioner, s.place, s.centre))
                    RETURNING practitioner),
                come AS (
                    INSERT INTO directory_salaried SELECT practitioner, place, centre FROM today
                    ON CONFLICT DO NOTHING RETURNING practitioner)
                SELECT practitioner FROM gone UNION SELECT practitioner FROM come""", (row, i) -> new PractitionerId(row.getString("practitioner")), ids, ids));
    }

    private void tell(Set<StructureId> ids, Set<PractitionerId> salaried) {
        if (!ids.isEmpty() || !salaried.isEmpty()) {
            events.publishEvent(new HealthCentresChanged(ids, salaried));
        }
    }
}
