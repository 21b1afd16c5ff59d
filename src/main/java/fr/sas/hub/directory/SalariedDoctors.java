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
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which practitioners are salaried doctors of which health centre: derived from places and facilities, and stored
 * whenever one of them changes, in the same transaction.
 */
@Component
class SalariedDoctors {

    /** Always taken after writing the rows it is derived from, which prevents deadlocks. */
    private static final String LOCK = "hashtext('directory_salaried')";

    private final JdbcClient jdbc;
    private final ApplicationEventPublisher events;

    SalariedDoctors(JdbcClient jdbc, ApplicationEventPublisher events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    Set<PractitionerId> at(Collection<StructureId> centres) {
        return Set.copyOf(jdbc.sql("SELECT DISTINCT practitioner FROM directory_salaried WHERE centre = ANY (:centres)")
                .param("centres", values(centres))
                .query((row, i) -> new PractitionerId(row.getString("practitioner")))
                .list());
    }

    List<SalariedDoctor> of(Collection<PractitionerId> practitioners) {
        return jdbc.sql(
                        "SELECT practitioner, place, centre FROM directory_salaried WHERE practitioner = ANY (:practitioners)")
                .param(
                        "practitioners",
                        practitioners.stream().map(PractitionerId::value).toArray(String[]::new))
                .query((row, i) -> new SalariedDoctor(
                        new PractitionerId(row.getString("practitioner")),
                        row.getString("place"),
                        new StructureId(row.getString("centre"))))
                .list();
    }

    /** By the id requested; the first centre when an id belongs to several. */
    Map<StructureId, StructureId> centresKnownAs(Collection<StructureId> ids) {
        Map<StructureId, StructureId> centres = new HashMap<>();
        jdbc.sql("SELECT id, centre FROM directory_centre_id WHERE id = ANY (:ids) ORDER BY id, centre")
                .param("ids", values(ids))
                .query(row -> {
                    centres.putIfAbsent(new StructureId(row.getString("id")), new StructureId(row.getString("centre")));
                });
        return centres;
    }

    /**
     * Call after this practitioner's places were written. Many may run concurrently, but none while facilities change.
     */
    void follow(PractitionerId practitioner) {
        jdbc.sql("SELECT pg_advisory_xact_lock_shared(" + LOCK + ")").query(rs -> {});
        publish(Set.of(), write(List.of(practitioner.value())));
    }

    /** Call after writing a facility that has become, or ceased to be, a health centre. */
    void follow(StructureId facility) {
        jdbc.sql("SELECT pg_advisory_xact_lock(" + LOCK + ")").query(rs -> {});
        Set<StructureId> ids = idsOf(facility);
        List<String> there = jdbc.sql("""
                        SELECT practitioner FROM directory_place WHERE structures && :ids::text[]
                        UNION SELECT practitioner FROM directory_salaried WHERE centre = :facility""")
                .param("ids", values(ids))
                .param("facility", facility.value())
                .query(String.class)
                .list();
        publish(ids, write(there));
    }

    /**
     * Wraps the application of an extraction: it may move anyone, and reveal that two ids belong to one facility. The
     * tables were just filled and have no statistics: values are compared as parameters, not by joins.
     */
    <T> T followAll(Supplier<T> write) {
        Set<StructureId> before = centreIds();
        T outcome = write.get();
        jdbc.sql("SELECT pg_advisory_xact_lock(" + LOCK + ")").query(rs -> {});
        Set<StructureId> ids = centreIds();
        List<String> there =
                jdbc.sql("""
                        SELECT p.practitioner FROM directory_place p CROSS JOIN LATERAL unnest(p.structures) AS s (id)
                        WHERE s.id = ANY (:ids::text[]) UNION SELECT practitioner FROM directory_salaried""").param("ids", values(ids)).query(String.class).list();
        Set<StructureId> changed = new HashSet<>(before);
        changed.addAll(ids);
        changed.removeIf(id -> before.contains(id) && ids.contains(id));
        publish(changed, write(there));
        return outcome;
    }

    Set<StructureId> idsOf(StructureId facility) {
        Set<StructureId> ids = new HashSet<>(jdbc.sql("""
                                SELECT unnest(together_with) AS id FROM directory_facility WHERE id = :facility
                                UNION SELECT id FROM directory_facility WHERE together_with @> ARRAY[:facility::text]""")
                .param("facility", facility.value())
                .query((row, i) -> new StructureId(row.getString("id")))
                .list());
        ids.add(facility);
        return ids;
    }

    private static String[] values(Collection<StructureId> ids) {
        return ids.stream().map(StructureId::value).toArray(String[]::new);
    }

    private Set<StructureId> centreIds() {
        return new HashSet<>(jdbc.sql("SELECT id FROM directory_centre_id")
                .query((row, i) -> new StructureId(row.getString("id")))
                .list());
    }

    /** @return those for whom something changed */
    private Set<PractitionerId> write(List<String> practitioners) {
        Object[] ids = practitioners.toArray(String[]::new);
        return Set.copyOf(jdbc.sql("""
                        WITH today AS MATERIALIZED (
                            SELECT practitioner, place, centre FROM directory_place_at_centre
                              WHERE practitioner = ANY (:ids)),
                        gone AS (
                            DELETE FROM directory_salaried s WHERE practitioner = ANY (:ids)
                            AND NOT EXISTS (SELECT FROM today t
                                WHERE (t.practitioner, t.place, t.centre) = (s.practitioner, s.place, s.centre))
                            RETURNING practitioner),
                        come AS (
                            INSERT INTO directory_salaried SELECT practitioner, place, centre FROM today
                            ON CONFLICT DO NOTHING RETURNING practitioner)
                        SELECT practitioner FROM gone UNION SELECT practitioner FROM come""")
                .param("ids", ids)
                .query((row, i) -> new PractitionerId(row.getString("practitioner")))
                .list());
    }

    private void publish(Set<StructureId> ids, Set<PractitionerId> salaried) {
        if (!ids.isEmpty() || !salaried.isEmpty()) {
            events.publishEvent(new HealthCentresChanged(ids, salaried));
        }
    }
}
