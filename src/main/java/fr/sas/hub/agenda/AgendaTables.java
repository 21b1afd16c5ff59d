package fr.sas.hub.agenda;

import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of the room. */
@Repository
class AgendaTables {

    private static final String ENTRY = """
            e.id, e.subject, e.place, e.place_structure, e.place_line, e.place_postal_code, e.place_city, e.place_phone,
            e.zone, e.kind, e.first_date, e.start_time, e.end_time, e.capacity, e.modes, e.audiences, e.version,
            e.created_at, e.created_by, e.changed_at, e.changed_by""";

    private final JdbcClient jdbc;

    AgendaTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What takes place when. */
    record Planned(Entry entry, Occurrence occurrence) {}

    /** Makes the agenda this transaction's alone until its end; begins it when there is none yet. */
    void lock(Party party) {
        jdbc.sql("""
                INSERT INTO agenda_subject (subject, family, given) VALUES (?, ?, ?)
                ON CONFLICT (subject) DO UPDATE SET family = excluded.family, given = excluded.given""")
                .params(party.id().value(), party.family(), party.given().toArray(String[]::new))
                .update();
    }

    void lock(Subject subject) {
        jdbc.sql("SELECT 1 FROM agenda_subject WHERE subject = ? FOR UPDATE")
                .param(subject.value())
                .query(Integer.class)
                .optional();
    }

    boolean exists(Subject subject) {
        return jdbc.sql("SELECT 1 FROM agenda_subject WHERE subject = ?")
                .param(subject.value())
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    /** Agendas that are due, locked until the end of the transaction; those that another node works on are passed over. */
    Set<Subject> claimDue(Instant now, int atMost) {
        return jdbc.sql("""
                        SELECT subject FROM agenda_subject WHERE due_at <= ? ORDER BY due_at LIMIT ?
                        FOR UPDATE SKIP LOCKED""").params(Timestamp.from(now), atMost).query(String.class).list().stream()
                .map(AgendaTables::subject)
                .collect(Collectors.toSet());
    }

    /** Makes these agendas due at {@code at}, if they have something to come; all of them when nobody is named. */
    void due(Collection<? extends Subject> subjects, Instant at) {
        jdbc.sql("""
                UPDATE agenda_subject SET due_at = :at
                WHERE due_at > :at AND (:all OR subject = ANY (:subjects))""")
                .param("at", Timestamp.from(at))
                .param("all", subjects.isEmpty())
                .param("subjects", values(subjects))
                .update();
    }

    Map<Subject, Party> parties(Collection<Subject> subjects) {
        Map<Subject, Party> parties = new HashMap<>();
        jdbc.sql("SELECT subject, family, given FROM agenda_subject WHERE subject = ANY (?)")
                .param(values(subjects))
                .query(rs -> {
                    Subject subject = subject(rs.getString(1));
                    parties.put(subject, new Party(subject, rs.getString(2), List.of(texts(rs, 3))));
                });
        return parties;
    }

    /**
     * Says when each agenda is due again: when its next occurrence comes within the horizon, or at {@code atLatest};
     * never when nothing is to come.
     */
    void plan(Collection<Subject> subjects, Instant now, Instant horizonEnd, Instant atLatest) {
        jdbc.sql("""
                UPDATE agenda_subject s SET due_at = (
                  SELECT CASE WHEN count(*) > 0 THEN
                    least(min(o.start_at) FILTER (WHERE o.start_at > t.horizon_end) - (t.horizon_end - t.now), t.latest) END
                  FROM agenda_occurrence o WHERE o.subject = s.subject AND o.end_at > t.now)
                FROM (SELECT CAST(:now AS timestamptz) AS now, CAST(:end AS timestamptz) AS horizon_end,
                             CAST(:latest AS timestamptz) AS latest) t
                WHERE s.subject = ANY (:subjects)""")
                .param("subjects", values(subjects))
                .param("now", Timestamp.from(now))
                .param("end", Timestamp.from(horizonEnd))
                .param("latest", Timestamp.from(atLatest))
                .update();
    }

    void save(Entry entry) {
        Draft typed = entry.typed();
        PracticeLocation place = typed.place();
        StructureId structure = place.structure();
        jdbc.sql("""
                INSERT INTO agenda_entry VALUES (:id, :subject, :place, :structure, :line, :postalCode, :city, :phone,
                  :zone, :kind, :date, :start, :end, :capacity, :modes, :audiences, :version, :createdAt, :createdBy,
                  :changedAt, :changedBy)
                ON CONFLICT (id) DO UPDATE SET place = excluded.place, place_structure = excluded.place_structure,
                  place_line = excluded.place_line, place_postal_code = excluded.place_postal_code,
                  place_city = excluded.place_city, place_phone = excluded.place_phone, zone = excluded.zone,
                  kind = excluded.kind, first_date = excluded.first_date, start_time = excluded.start_time,
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
                .update();
        materialise(entry);
    }

    private void materialise(Entry entry) {
        jdbc.sql("DELETE FROM agenda_occurrence WHERE entry = ?")
                .param(entry.id())
                .update();
        Occurrence occurrence = entry.typed().occurrence();
        jdbc.sql("INSERT INTO agenda_occurrence VALUES (?, ?, ?, ?, ?)")
                .params(
                        entry.id(),
                        occurrence.date(),
                        entry.subject().value(),
                        Timestamp.from(occurrence.start()),
                        Timestamp.from(occurrence.end()))
                .update();
    }

    void delete(Entry entry) {
        jdbc.sql("DELETE FROM agenda_entry WHERE id = ?").param(entry.id()).update();
    }

    Optional<Entry> find(Subject subject, UUID id) {
        return jdbc.sql("SELECT " + ENTRY + " FROM agenda_entry e WHERE e.id = ? AND e.subject = ?")
                .params(id, subject.value())
                .query((rs, row) -> entry(rs))
                .optional();
    }

    /** Entries by day and hour. @param notOverAt leaves out what is over at this instant; null leaves out nothing */
    List<Entry> list(Subject subject, @Nullable LocalDate from, @Nullable LocalDate to, @Nullable Instant notOverAt) {
        return jdbc.sql("SELECT " + ENTRY + """
                         FROM agenda_entry e WHERE e.subject = :subject
                        AND e.first_date >= coalesce(CAST(:from AS date), '-infinity')
                        AND e.first_date <= coalesce(CAST(:to AS date), 'infinity')
                        AND (CAST(:notOverAt AS timestamptz) IS NULL OR EXISTS (SELECT 1 FROM agenda_occurrence o
                             WHERE o.entry = e.id AND o.end_at > CAST(:notOverAt AS timestamptz)))
                        ORDER BY e.first_date, e.start_time, e.id""")
                .param("subject", subject.value())
                .param("from", from)
                .param("to", to)
                .param("notOverAt", notOverAt == null ? null : Timestamp.from(notOverAt))
                .query((rs, row) -> entry(rs))
                .list();
    }

    /** What is not over and begins by the end of the horizon. */
    List<Planned> planned(Collection<Subject> subjects, Instant now, Instant horizonEnd) {
        return jdbc.sql("SELECT " + ENTRY + """
                        , o.local_date, o.start_at, o.end_at FROM agenda_occurrence o JOIN agenda_entry e ON e.id = o.entry
                        WHERE o.subject = ANY (?) AND o.end_at > ? AND o.start_at <= ? ORDER BY o.start_at, e.id""")
                .params(values(subjects), Timestamp.from(now), Timestamp.from(horizonEnd))
                .query((rs, row) -> new Planned(
                        entry(rs),
                        new Occurrence(
                                rs.getObject("local_date", LocalDate.class),
                                instant(rs, "start_at"),
                                instant(rs, "end_at"))))
                .list();
    }

    private static Entry entry(ResultSet rs) throws SQLException {
        String structure = rs.getString("place_structure");
        PracticeLocation place = new PracticeLocation(
                rs.getString("place"),
                structure == null ? null : new StructureId(structure),
                null,
                null,
                rs.getString("place_line"),
                rs.getString("place_postal_code"),
                rs.getString("place_city"),
                rs.getString("place_phone"),
                ZoneId.of(rs.getString("zone")),
                List.of());
        Draft typed = new Draft(
                place,
                Draft.Kind.valueOf(rs.getString("kind")),
                rs.getObject("first_date", LocalDate.class),
                rs.getObject("start_time", LocalTime.class),
                rs.getObject("end_time", LocalTime.class),
                rs.getInt("capacity"),
                Arrays.stream(texts(rs, 15)).map(ConsultationMode::valueOf).collect(Collectors.toSet()),
                Arrays.stream(texts(rs, 16)).map(Audience::valueOf).collect(Collectors.toSet()));
        return new Entry(
                rs.getObject("id", UUID.class),
                subject(rs.getString("subject")),
                typed,
                rs.getLong("version"),
                new Entry.Stamp(instant(rs, "created_at"), rs.getString("created_by")),
                new Entry.Stamp(instant(rs, "changed_at"), rs.getString("changed_by")));
    }

    private static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getTimestamp(column).toInstant();
    }

    private static String[] texts(ResultSet rs, int column) throws SQLException {
        return (String[]) rs.getArray(column).getArray();
    }

    private static String[] names(Set<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).sorted().toArray(String[]::new);
    }

    private static String[] values(Collection<? extends Subject> subjects) {
        return subjects.stream().map(Subject::value).toArray(String[]::new);
    }

    private static Subject subject(String value) {
        return Subject.ofNational(value).orElseThrow();
    }
}
