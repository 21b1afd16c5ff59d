package fr.sas.hub.push;

import fr.sas.hub.database.Columns;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Vendors' Schedules: whose they are, and their Slots. */
@Repository
class ScheduleTables {

    private final JdbcClient jdbc;

    ScheduleTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The Schedules that refer, directly or indirectly, to these resources, which are neither Slots nor Schedules. */
    Set<String> schedulesAround(String vendor, Collection<ResourceAddress> addresses) {
        if (addresses.isEmpty()) {
            return Set.of();
        }
        return new TreeSet<>(jdbc.sql("""
                        WITH RECURSIVE up (type, id, schedule) AS (
                            SELECT n.type, n.id, NULL::text FROM unnest(:types::text[], :ids::text[]) AS n (type, id)
                            UNION
                            SELECT r.type, r.id, r.schedule FROM up CROSS JOIN LATERAL (
                                SELECT vendor, type, id, schedule, deleted FROM push_resource
                                WHERE refs @> ARRAY[:vendor::text || '/' || up.type || '/' || up.id] AND refs <> '{}'
                                OFFSET 0) r
                            WHERE r.vendor = :vendor AND NOT r.deleted AND up.type NOT IN ('Slot', 'Schedule'))
                        SELECT DISTINCT coalesce(schedule, id) FROM up
                        WHERE type = 'Schedule' OR schedule IS NOT NULL""")
                .param("types", ResourceTables.types(addresses))
                .param("ids", ResourceTables.ids(addresses))
                .param("vendor", vendor)
                .query(String.class)
                .list());
    }

    /** Whose these Schedules are, as last known; includes deleted ones. */
    Map<String, Set<String>> subjectsOf(String vendor, Collection<String> schedules) {
        Map<String, Set<String>> subjects = new HashMap<>();
        jdbc.sql("""
                        SELECT id, subjects FROM push_resource WHERE vendor = :vendor AND type = 'Schedule'
                          AND id = ANY (:schedules)""")
                .param("vendor", vendor)
                .param("schedules", schedules.toArray(String[]::new))
                .query(rs -> {
                    subjects.put(rs.getString("id"), Set.of((String[])
                            rs.getArray("subjects").getArray()));
                });
        return subjects;
    }

    void belong(String vendor, Map<String, Set<String>> subjects) {
        if (subjects.isEmpty()) {
            return;
        }
        List<String> schedules = List.copyOf(subjects.keySet());
        jdbc.sql("""
                        UPDATE push_resource r
                        SET subjects = coalesce(string_to_array(nullif(n.subjects, ''), ','), '{}')
                        FROM unnest(:schedules::text[], :subjects::text[]) AS n (id, subjects)
                        WHERE r.vendor = :vendor AND r.type = 'Schedule' AND r.id = n.id""")
                .param("schedules", schedules.toArray(String[]::new))
                .param(
                        "subjects",
                        schedules.stream()
                                .map(id -> String.join(",", new TreeSet<>(subjects.getOrDefault(id, Set.of()))))
                                .toArray(String[]::new))
                .param("vendor", vendor)
                .update();
    }

    /** The ids and contents of the Schedules of these subjects. */
    Map<ResourceAddress, String> schedulesOf(String vendor, Collection<String> subjects) {
        Map<ResourceAddress, String> schedules = new LinkedHashMap<>();
        jdbc.sql("""
                        SELECT DISTINCT r.id, r.json FROM unnest(:subjects::text[]) AS n (subject) CROSS JOIN LATERAL (
                            SELECT vendor, type, id, json, deleted FROM push_resource
                            WHERE subjects @> ARRAY[n.subject] AND subjects <> '{}' OFFSET 0) r
                        WHERE r.vendor = :vendor AND r.type = 'Schedule' AND NOT r.deleted ORDER BY r.id""")
                .param("subjects", subjects.toArray(String[]::new))
                .param("vendor", vendor)
                .query(rs -> {
                    schedules.put(new ResourceAddress("Schedule", rs.getString("id")), rs.getString("json"));
                });
        return schedules;
    }

    /** The part of a Slot that is needed to deliver it. @param json null if it was not read */
    record SlotRow(
            ResourceAddress address,
            String schedule,
            boolean free,
            @Nullable Instant start,
            @Nullable Instant end,
            @Nullable String json) {

        SlotRow with(String content) {
            return new SlotRow(address, schedule, free, start, end, content);
        }
    }

    /**
     * Slots of these Schedules that end after {@code from} and begin by {@code to}, free or not, and those whose times
     * are not known as instants.
     *
     * @param writtenAt the content of what was written at this instant is not read; null: all is
     */
    List<SlotRow> slotsOf(
            String vendor, Collection<String> schedules, Instant from, Instant to, @Nullable Instant writtenAt) {
        return jdbc.sql("""
                        SELECT id, schedule, free, start_at, end_at,
                          CASE WHEN changed_at = :writtenAt::timestamptz THEN NULL ELSE json END AS json
                        FROM push_resource
                        WHERE vendor = :vendor AND schedule = ANY (:schedules) AND NOT deleted
                          AND coalesce(end_at > :from, true) AND coalesce(start_at <= :to, true)""")
                .param("vendor", vendor)
                .param("schedules", schedules.toArray(String[]::new))
                .param("from", Timestamp.from(from))
                .param("to", Timestamp.from(to))
                .param("writtenAt", writtenAt == null ? null : Timestamp.from(writtenAt))
                .query((rs, row) -> new SlotRow(
                        new ResourceAddress("Slot", rs.getString("id")),
                        rs.getString("schedule"),
                        rs.getBoolean("free"),
                        Columns.instant(rs, "start_at"),
                        Columns.instant(rs, "end_at"),
                        rs.getString("json")))
                .list();
    }

    /** By Schedule, when the first Slot after {@code to} begins. */
    Map<String, Instant> nextBeyond(String vendor, Collection<String> schedules, Instant to) {
        Map<String, Instant> next = new HashMap<>();
        jdbc.sql("""
                        SELECT schedule, min(start_at) AS first_start FROM push_resource
                        WHERE vendor = :vendor AND schedule = ANY (:schedules) AND NOT deleted AND start_at > :to
                        GROUP BY schedule""")
                .param("vendor", vendor)
                .param("schedules", schedules.toArray(String[]::new))
                .param("to", Timestamp.from(to))
                .query(rs -> {
                    next.put(rs.getString("schedule"), Columns.requiredInstant(rs, "first_start"));
                });
        return next;
    }
}
