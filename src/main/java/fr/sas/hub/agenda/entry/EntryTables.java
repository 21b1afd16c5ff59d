package fr.sas.hub.agenda.entry;

import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for entries, and for the days on which weekly ones do not take place as usual. */
@Repository
public class EntryTables {

    private static final String SELECT = "SELECT " + EntryRows.COLUMNS + " FROM agenda_entry e WHERE ";

    private final JdbcClient jdbc;

    EntryTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Its occurrences must be created afterwards. */
    public void save(AgendaEntry entry) {
        EntryDraft typed = entry.typed();
        PracticeLocation place = typed.place();
        StructureId structure = place.structure();
        WeeklyRecurrence weekly = typed.weekly();
        AgendaEntry.OccurrenceName standsFor = entry.standsFor();
        jdbc.sql("""
                INSERT INTO agenda_entry (id, subject, place, place_structure, place_line, place_postal_code, place_city,
                  place_phone, zone, kind, first_date, weekdays, last_date, made_until, start_time, end_time, capacity,
                  modes, audiences, version, created_at, created_by, changed_at, changed_by, stands_for, stands_for_date)
                VALUES (:id, :subject, :place, :structure, :line, :postalCode, :city, :phone, :zone, :kind, :date,
                  :weekdays, :until, CASE WHEN :weekly THEN date '-infinity' END, :start, :end, :capacity, :modes,
                  :audiences, :version, :createdAt, :createdBy, :changedAt, :changedBy, :standsFor, :standsForDate)
                ON CONFLICT (id) DO UPDATE SET place = excluded.place, place_structure = excluded.place_structure,
                  place_line = excluded.place_line, place_postal_code = excluded.place_postal_code,
                  place_city = excluded.place_city, place_phone = excluded.place_phone, zone = excluded.zone,
                  kind = excluded.kind, first_date = excluded.first_date, weekdays = excluded.weekdays,
                  last_date = excluded.last_date, made_until = excluded.made_until, start_time = excluded.start_time,
                  end_time = excluded.end_time, capacity = excluded.capacity, modes = excluded.modes,
                  audiences = excluded.audiences, version = excluded.version, changed_at = excluded.changed_at,
                  changed_by = excluded.changed_by""")
                .param("id", entry.id())
                .param("subject", entry.subject().value())
                .param("place", place.key())
                .param("structure", structure == null ? null : structure.value())
                .param("line", place.line())
                .param("postalCode", place.postalCode())
                .param("city", place.city())
                .param("phone", place.phone())
                .param("zone", place.zone().getId())
                .param("kind", typed.kind().name())
                .param("date", typed.date())
                .param("weekly", weekly != null)
                .param("weekdays", weekly == null ? null : names(weekly.days()))
                .param("until", weekly == null ? null : weekly.until())
                .param("start", typed.start())
                .param("end", typed.end())
                .param("capacity", typed.patients())
                .param("modes", names(typed.modes()))
                .param("audiences", names(typed.audiences()))
                .param("version", entry.version())
                .param("createdAt", Timestamp.from(entry.created().at()))
                .param("createdBy", entry.created().by())
                .param("changedAt", Timestamp.from(entry.changed().at()))
                .param("changedBy", entry.changed().by())
                .param("standsFor", standsFor == null ? null : standsFor.entry())
                .param("standsForDate", standsFor == null ? null : standsFor.date())
                .update();
        jdbc.sql("DELETE FROM agenda_occurrence WHERE entry = :id")
                .param("id", entry.id())
                .update();
    }

    /** Deletes an entry with everything that belongs to it. */
    public void delete(AgendaEntry entry) {
        jdbc.sql("DELETE FROM agenda_entry WHERE id = :id")
                .param("id", entry.id())
                .update();
    }

    /** An entry that does not replace an occurrence of another. */
    public Optional<AgendaEntry> find(Subject subject, UUID id) {
        return jdbc.sql(SELECT + "e.id = :id AND e.subject = :subject AND e.stands_for IS NULL")
                .param("id", id)
                .param("subject", subject.value())
                .query((rs, row) -> EntryRows.entry(rs))
                .optional();
    }

    public boolean isOfAnother(Subject subject, UUID id) {
        return jdbc.sql("SELECT EXISTS (SELECT FROM agenda_entry e WHERE e.id = :id AND e.subject <> :subject)")
                .param("id", id)
                .param("subject", subject.value())
                .query(Boolean.class)
                .single();
    }

    /** The entry that replaces one occurrence of a weekly entry. */
    public Optional<AgendaEntry> findInstead(UUID weekly, LocalDate date) {
        return jdbc.sql(SELECT + "e.stands_for = :weekly AND e.stands_for_date = :date")
                .param("weekly", weekly)
                .param("date", date)
                .query((rs, row) -> EntryRows.entry(rs))
                .optional();
    }

    /** Entries by day and hour. @param notOverAt leaves out what is over at this instant; null to leave out nothing */
    public List<AgendaEntry> list(
            Subject subject, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Instant notOverAt) {
        return jdbc.sql(SELECT + """
                        e.subject = :subject AND e.stands_for IS NULL
                        AND e.first_date <= coalesce(CAST(:to AS date), 'infinity')
                        AND CASE WHEN e.weekdays IS NULL THEN e.first_date ELSE coalesce(e.last_date, 'infinity') END
                            >= coalesce(CAST(:from AS date), '-infinity')
                        AND (CAST(:notOverAt AS timestamptz) IS NULL
                             OR e.weekdays IS NOT NULL AND e.made_until < coalesce(e.last_date, 'infinity')
                             OR EXISTS (SELECT 1 FROM agenda_occurrence o LEFT JOIN agenda_entry i ON i.id = o.entry
                                WHERE e.id IN (o.entry, i.stands_for) AND o.subject = e.subject
                                AND o.end_at > CAST(:notOverAt AS timestamptz)))
                        ORDER BY e.first_date, e.start_time, e.id""")
                .param("subject", subject.value())
                .param("from", from)
                .param("to", to)
                .param("notOverAt", notOverAt == null ? null : Timestamp.from(notOverAt))
                .query((rs, row) -> EntryRows.entry(rs))
                .list();
    }

    /** All entries that may take place between these days, inclusive; also those that replace single occurrences. */
    public List<AgendaEntry> takingPlace(Collection<? extends Subject> subjects, LocalDate from, LocalDate to) {
        return jdbc.sql(SELECT + """
                        e.subject = ANY (:subjects) AND e.first_date <= :to
                        AND CASE WHEN e.weekdays IS NULL THEN e.first_date ELSE coalesce(e.last_date, 'infinity') END >= :from""")
                .param("subjects", subjects.stream().map(Subject::value).toArray(String[]::new))
                .param("to", to)
                .param("from", from)
                .query((rs, row) -> EntryRows.entry(rs))
                .list();
    }

    /** The days of exception of each entry that has any. */
    public Map<UUID, Set<LocalDate>> exceptions(Collection<UUID> entries, LocalDate from, LocalDate to) {
        Map<UUID, Set<LocalDate>> exceptions = new HashMap<>();
        jdbc.sql("""
                        SELECT entry, local_date FROM agenda_exception
                        WHERE entry = ANY (CAST(:entries AS uuid[])) AND local_date BETWEEN :from AND :to""")
                .param("entries", texts(entries))
                .param("from", from)
                .param("to", to)
                .query(rs -> {
                    exceptions
                            .computeIfAbsent(rs.getObject("entry", UUID.class), entry -> new HashSet<>())
                            .add(rs.getObject("local_date", LocalDate.class));
                });
        return exceptions;
    }

    /** All exceptions of an entry: the days, and whether another entry replaces that occurrence. */
    public Map<LocalDate, Boolean> exceptionsOf(UUID weekly) {
        Map<LocalDate, Boolean> exceptions = new HashMap<>();
        jdbc.sql("""
                SELECT x.local_date, e.id IS NOT NULL AS stood_for FROM agenda_exception x
                LEFT JOIN agenda_entry e ON e.stands_for = x.entry AND e.stands_for_date = x.local_date
                WHERE x.entry = :weekly""").param("weekly", weekly).query(rs -> {
            exceptions.put(rs.getObject("local_date", LocalDate.class), rs.getBoolean("stood_for"));
        });
        return exceptions;
    }

    /** An entry and all those that replace single occurrences of it. */
    public List<AgendaEntry> withInstead(UUID id) {
        return jdbc.sql(SELECT + "e.id = :id OR e.stands_for = :id")
                .param("id", id)
                .query((rs, row) -> EntryRows.entry(rs))
                .list();
    }

    public void except(UUID weekly, LocalDate date) {
        jdbc.sql("INSERT INTO agenda_exception VALUES (:weekly, :date) ON CONFLICT DO NOTHING")
                .param("weekly", weekly)
                .param("date", date)
                .update();
    }

    /** Removes exceptions: on these days the weekly entry takes place as usual again. */
    public void lift(UUID weekly, Collection<LocalDate> dates) {
        String[] days = texts(dates);
        jdbc.sql(
                        "DELETE FROM agenda_entry WHERE stands_for = :weekly AND stands_for_date = ANY (CAST(:days AS date[]))")
                .param("weekly", weekly)
                .param("days", days)
                .update();
        jdbc.sql("DELETE FROM agenda_exception WHERE entry = :weekly AND local_date = ANY (CAST(:days AS date[]))")
                .param("weekly", weekly)
                .param("days", days)
                .update();
    }

    /** Deletes what replaces occurrences of this entry from this day on; the occurrences themselves remain excepted. */
    public void deleteInstead(UUID weekly, LocalDate from) {
        jdbc.sql("DELETE FROM agenda_entry WHERE stands_for = :weekly AND first_date >= :from")
                .param("weekly", weekly)
                .param("from", from)
                .update();
    }

    /** Exceptions are tied to the local date: they move to the entry that now takes place on it. */
    public void moveExceptions(UUID from, UUID to, Collection<LocalDate> dates) {
        String[] days = texts(dates);
        jdbc.sql(
                        "UPDATE agenda_exception SET entry = :to WHERE entry = :from AND local_date = ANY (CAST(:days AS date[]))")
                .param("to", to)
                .param("from", from)
                .param("days", days)
                .update();
        jdbc.sql("""
                        UPDATE agenda_entry SET stands_for = :to
                        WHERE stands_for = :from AND stands_for_date = ANY (CAST(:days AS date[]))""").param("to", to).param("from", from).param("days", days).update();
    }

    private static String[] texts(Collection<?> values) {
        return values.stream().map(Object::toString).toArray(String[]::new);
    }

    private static String[] names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).sorted().toArray(String[]::new);
    }
}
