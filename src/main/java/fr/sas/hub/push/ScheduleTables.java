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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Vendors' Schedules: whose they are, and their Slots. */
@Repository
class ScheduleTables {

    private final JdbcTemplate jdbc;

    ScheduleTables(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The Schedules that these resources, neither Slots nor Schedules, have to do with: whoever refers to them, and so on. */
    Set<String> schedulesAround(String vendor, Collection<Address> addresses) {
        if (addresses.isEmpty()) {
            return Set.of();
        }
        return new TreeSet<>(jdbc.queryForList(
                """
                WITH RECURSIVE up (type, id, schedule) AS (
                    SELECT n.type, n.id, NULL::text FROM unnest(?::text[], ?::text[]) AS n (type, id)
                    UNION
                    SELECT r.type, r.id, r.schedule FROM up
                    JOIN push_resource r ON r.refs @> ARRAY[?::text || '/' || up.type || '/' || up.id] AND r.refs <> '{}'
                    WHERE r.vendor = ? AND NOT r.deleted AND up.type NOT IN ('Slot', 'Schedule'))
                SELECT DISTINCT coalesce(schedule, id) FROM up WHERE type = 'Schedule' OR schedule IS NOT NULL""", String.class, ResourceTables.types(addresses), ResourceTables.ids(addresses), vendor, vendor));
    }

    /** Whose these Schedules are, as last known; deleted ones too. */
    Map<String, Set<String>> subjectsOf(String vendor, Collection<String> schedules) {
        Map<String, Set<String>> subjects = new HashMap<>();
        jdbc.query(
                "SELECT id, subjects FROM push_resource WHERE vendor = ? AND type = 'Schedule' AND id = ANY (?)",
                rs -> {
                    subjects.put(rs.getString("id"), Set.of((String[])
                            rs.getArray("subjects").getArray()));
                },
                vendor,
                schedules.toArray(String[]::new));
        return subjects;
    }

    void belong(String vendor, Map<String, Set<String>> subjects) {
        if (subjects.isEmpty()) {
            return;
        }
        List<String> schedules = List.copyOf(subjects.keySet());
        jdbc.update(
                """
                UPDATE push_resource r SET subjects = coalesce(string_to_array(nullif(n.subjects, ''), ','), '{}')
                FROM unnest(?::text[], ?::text[]) AS n (id, subjects) WHERE r.vendor = ? AND r.type = 'Schedule' AND r.id = n.id""",
                schedules.toArray(String[]::new),
                schedules.stream()
                        .map(id -> String.join(",", new TreeSet<>(subjects.getOrDefault(id, Set.of()))))
                        .toArray(String[]::new),
                vendor);
    }

    /** The ids and contents of the Schedules of these subjects. */
    Map<Address, String> schedulesOf(String vendor, Collection<String> subjects) {
        Map<Address, String> schedules = new LinkedHashMap<>();
        jdbc.query(
                """
                SELECT DISTINCT r.id, r.json FROM unnest(?::text[]) AS n (subject)
                JOIN push_resource r ON r.subjects @> ARRAY[n.subject] AND r.subjects <> '{}'
                WHERE r.vendor = ? AND r.type = 'Schedule' AND NOT r.deleted ORDER BY r.id""",
                rs -> {
                    schedules.put(new Address("Schedule", rs.getString("id")), rs.getString("json"));
                },
                subjects.toArray(String[]::new),
                vendor);
        return schedules;
    }

    /** A Slot as far as delivering it needs. */
    record SlotRow(
            Address address,
            String schedule,
            boolean free,
            @Nullable Instant start,
            @Nullable Instant end,
            String json) {}

    /** Slots of these Schedules that end after {@code from} and begin by {@code to}, free or not; those whose times cannot be placed too. */
    List<SlotRow> slotsOf(String vendor, Collection<String> schedules, Instant from, Instant to) {
        return jdbc.query(
                """
                SELECT id, schedule, free, start_at, end_at, json FROM push_resource
                WHERE vendor = ? AND schedule = ANY (?) AND NOT deleted
                  AND coalesce(end_at > ?, true) AND coalesce(start_at <= ?, true)""",
                (rs, row) -> new SlotRow(
                        new Address("Slot", rs.getString("id")),
                        rs.getString("schedule"),
                        rs.getBoolean("free"),
                        Columns.instant(rs, "start_at"),
                        Columns.instant(rs, "end_at"),
                        rs.getString("json")),
                vendor,
                schedules.toArray(String[]::new),
                Timestamp.from(from),
                Timestamp.from(to));
    }

    /** By Schedule, when the first Slot beyond begins. */
    Map<String, Instant> nextBeyond(String vendor, Collection<String> schedules, Instant to) {
        Map<String, Instant> next = new HashMap<>();
        jdbc.query(
                """
                SELECT schedule, min(start_at) AS first_start FROM push_resource
                WHERE vendor = ? AND schedule = ANY (?) AND NOT deleted AND start_at > ? GROUP BY schedule""",
                rs -> {
                    next.put(
                            rs.getString("schedule"),
                            rs.getTimestamp("first_start").toInstant());
                },
                vendor,
                schedules.toArray(String[]::new),
                Timestamp.from(to));
        return next;
    }
}
