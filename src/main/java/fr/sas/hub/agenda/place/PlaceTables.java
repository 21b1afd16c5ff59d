package fr.sas.hub.agenda.place;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL for what is entered for places. */
@Repository
public class PlaceTables {

    private final JdbcClient jdbc;

    PlaceTables(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A place of practice of a subject. */
    public record SubjectPlace(
            Subject subject, String place, @Nullable StructureId structure, ZoneId zone) {}

    /** Something entered, with its version: 0, and no stamp, if nothing was ever entered. */
    public record Versioned<T>(T what, long version, AgendaEntry.@Nullable Stamp changed) {}

    public record PlaceRow(
            SubjectPlace subjectPlace,
            Versioned<Unavailability> unavailability,
            Versioned<Optional<String>> information) {

        public static PlaceRow nothing(SubjectPlace subjectPlace) {
            return new PlaceRow(
                    subjectPlace,
                    new Versioned<>(Unavailability.NONE, 0, null),
                    new Versioned<>(Optional.empty(), 0, null));
        }
    }

    public List<PlaceRow> of(Subject subject) {
        return jdbc.sql("SELECT * FROM agenda_place WHERE subject = :subject")
                .param("subject", subject.value())
                .query((rs, row) -> placeRow(rs))
                .list();
    }

    /** Only what each subject entered for their own places. */
    Map<Subject, List<PlaceNotice>> notices(Collection<? extends Subject> subjects) {
        Map<Subject, List<PlaceNotice>> notices = new HashMap<>();
        jdbc.sql("SELECT * FROM agenda_place WHERE subject = ANY (:subjects)")
                .param("subjects", subjects.stream().map(Subject::value).toArray(String[]::new))
                .query(rs -> {
                    SubjectPlace subjectPlace = subjectPlace(rs);
                    notices.computeIfAbsent(subjectPlace.subject, subject -> new ArrayList<>(2))
                            .add(new PlaceNotice(
                                    subjectPlace.place,
                                    subjectPlace.structure,
                                    unavailability(rs).absences(subjectPlace.zone),
                                    rs.getString("information")));
                });
        return notices;
    }

    public void saveUnavailability(
            SubjectPlace subjectPlace, Unavailability unavailability, long version, AgendaEntry.Stamp stamp) {
        Instant since = unavailability.since();
        jdbc.sql("""
                INSERT INTO agenda_place (subject, place, place_structure, zone, away_since, away_from, away_to,
                  away_version, away_changed_at, away_changed_by)
                VALUES (:subject, :place, :structure, :zone, :since, CAST(:from AS date[]), CAST(:to AS date[]),
                  :version, :at, :by)
                ON CONFLICT (subject, place) DO UPDATE SET place_structure = excluded.place_structure,
                  zone = excluded.zone, away_since = excluded.away_since, away_from = excluded.away_from,
                  away_to = excluded.away_to, away_version = excluded.away_version,
                  away_changed_at = excluded.away_changed_at, away_changed_by = excluded.away_changed_by""")
                .param("subject", subjectPlace.subject.value())
                .param("place", subjectPlace.place)
                .param("structure", subjectPlace.structure == null ? null : subjectPlace.structure.value())
                .param("zone", subjectPlace.zone.getId())
                .param("since", since == null ? null : Timestamp.from(since))
                .param("from", days(unavailability, Unavailability.Period::from))
                .param("to", days(unavailability, Unavailability.Period::to))
                .param("version", version)
                .param("at", Timestamp.from(stamp.at()))
                .param("by", stamp.by())
                .update();
    }

    public void saveInformation(
            SubjectPlace subjectPlace, Optional<String> information, long version, AgendaEntry.Stamp stamp) {
        jdbc.sql("""
                INSERT INTO agenda_place (subject, place, place_structure, zone, information, information_version,
                  information_changed_at, information_changed_by)
                VALUES (:subject, :place, :structure, :zone, :information, :version, :at, :by)
                ON CONFLICT (subject, place) DO UPDATE SET place_structure = excluded.place_structure,
                  zone = excluded.zone, information = excluded.information,
                  information_version = excluded.information_version,
                  information_changed_at = excluded.information_changed_at,
                  information_changed_by = excluded.information_changed_by""")
                .param("subject", subjectPlace.subject.value())
                .param("place", subjectPlace.place)
                .param("structure", subjectPlace.structure == null ? null : subjectPlace.structure.value())
                .param("zone", subjectPlace.zone.getId())
                .param("information", information.orElse(null))
                .param("version", version)
                .param("at", Timestamp.from(stamp.at()))
                .param("by", stamp.by())
                .update();
    }

    private static PlaceRow placeRow(ResultSet rs) throws SQLException {
        return new PlaceRow(
                subjectPlace(rs),
                new Versioned<>(unavailability(rs), rs.getLong("away_version"), stamp(rs, "away")),
                new Versioned<>(
                        Optional.ofNullable(rs.getString("information")),
                        rs.getLong("information_version"),
                        stamp(rs, "information")));
    }

    static SubjectPlace subjectPlace(ResultSet rs) throws SQLException {
        String structure = rs.getString("place_structure");
        return new SubjectPlace(
                Subject.ofNational(rs.getString("subject")).orElseThrow(),
                rs.getString("place"),
                structure == null ? null : new StructureId(structure),
                ZoneId.of(rs.getString("zone")));
    }

    static Unavailability unavailability(ResultSet rs) throws SQLException {
        Instant since = Columns.instant(rs, "away_since");
        LocalDate[] from = days(rs.getArray("away_from"));
        LocalDate[] to = days(rs.getArray("away_to"));
        List<Unavailability.Period> periods = new ArrayList<>(from.length);
        for (int i = 0; i < from.length; i++) {
            periods.add(new Unavailability.Period(from[i], to[i]));
        }
        return new Unavailability(since, periods);
    }

    private static AgendaEntry.@Nullable Stamp stamp(ResultSet rs, String what) throws SQLException {
        Instant at = Columns.instant(rs, what + "_changed_at");
        return at == null ? null : new AgendaEntry.Stamp(at, rs.getString(what + "_changed_by"));
    }

    private static LocalDate[] days(Array array) throws SQLException {
        Date[] dates = (Date[]) array.getArray();
        LocalDate[] days = new LocalDate[dates.length];
        for (int i = 0; i < dates.length; i++) {
            days[i] = dates[i].toLocalDate();
        }
        return days;
    }

    private static String[] days(Unavailability unavailability, Function<Unavailability.Period, LocalDate> end) {
        return unavailability.periods().stream()
                .map(period -> end.apply(period).toString())
                .toArray(String[]::new);
    }
}
