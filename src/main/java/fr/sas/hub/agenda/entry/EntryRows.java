package fr.sas.hub.agenda.entry;

import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads entries from their rows. */
public final class EntryRows {

    static final String COLUMNS = """
            e.id, e.subject, e.place, e.place_structure, e.place_line, e.place_postal_code, e.place_city, e.place_phone,
            e.zone, e.kind, e.first_date, e.weekdays, e.last_date, e.start_time, e.end_time, e.capacity, e.modes,
            e.audiences, e.version, e.created_at, e.created_by, e.changed_at, e.changed_by, e.stands_for,
            e.stands_for_date""";

    private EntryRows() {}

    static AgendaEntry entry(ResultSet rs) throws SQLException {
        EntryDraft typed = new EntryDraft(
                place(rs),
                EntryDraft.Kind.valueOf(rs.getString("kind")),
                rs.getObject("first_date", LocalDate.class),
                weekly(rs),
                rs.getObject("start_time", LocalTime.class),
                rs.getObject("end_time", LocalTime.class),
                rs.getInt("capacity"),
                Arrays.stream(texts(rs, "modes")).map(ConsultationMode::valueOf).collect(Collectors.toSet()),
                Arrays.stream(texts(rs, "audiences")).map(Audience::valueOf).collect(Collectors.toSet()));
        UUID standsFor = rs.getObject("stands_for", UUID.class);
        return new AgendaEntry(
                rs.getObject("id", UUID.class),
                Subject.ofNational(rs.getString("subject")).orElseThrow(),
                typed,
                rs.getLong("version"),
                new AgendaEntry.Stamp(Columns.requiredInstant(rs, "created_at"), rs.getString("created_by")),
                new AgendaEntry.Stamp(Columns.requiredInstant(rs, "changed_at"), rs.getString("changed_by")),
                standsFor == null
                        ? null
                        : new AgendaEntry.OccurrenceName(standsFor, rs.getObject("stands_for_date", LocalDate.class)));
    }

    private static PracticeLocation place(ResultSet rs) throws SQLException {
        String structure = rs.getString("place_structure");
        return new PracticeLocation(
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
    }

    private static @Nullable WeeklyRecurrence weekly(ResultSet rs) throws SQLException {
        if (rs.getArray("weekdays") == null) {
            return null;
        }
        Set<DayOfWeek> days =
                Arrays.stream(texts(rs, "weekdays")).map(DayOfWeek::valueOf).collect(Collectors.toSet());
        return new WeeklyRecurrence(days, rs.getObject("last_date", LocalDate.class));
    }

    public static String[] texts(ResultSet rs, String column) throws SQLException {
        return (String[]) rs.getArray(column).getArray();
    }
}
