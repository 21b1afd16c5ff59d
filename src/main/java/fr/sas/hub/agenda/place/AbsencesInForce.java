package fr.sas.hub.agenda.place;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.database.Columns;
import fr.sas.hub.slot.Subject;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Present and past absences at places, as search applied them: an absence counts from when it was entered, and one that
 * was withdrawn counts until then.
 */
@Repository
public class AbsencesInForce {

    private final JdbcClient jdbc;

    AbsencesInForce(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Records what was in force at a place until now, before something else is entered for it. */
    public void keepUntil(Instant now, PlaceTables.PlaceRow before) {
        AgendaEntry.Stamp said = before.unavailability().changed();
        if (said == null) {
            return;
        }
        PlaceTables.SubjectPlace subjectPlace = before.subjectPlace();
        before.unavailability().what().absences(subjectPlace.zone()).stream()
                .flatMap(absence -> absence.within(second(said.at()), second(now)).stream())
                .forEach(absence -> save(subjectPlace, absence));
    }

    /** Extends a recorded absence if this one continues it. */
    private void save(PlaceTables.SubjectPlace subjectPlace, Absence absence) {
        Timestamp from = Timestamp.from(absence.from());
        Timestamp until = Timestamp.from(Objects.requireNonNull(absence.until()));
        int longer = jdbc.sql("""
                        UPDATE agenda_past_absence SET until_at = :until WHERE subject = :subject AND place = :place
                        AND until_at = :from""")
                .param("until", until)
                .param("subject", subjectPlace.subject().value())
                .param("place", subjectPlace.place())
                .param("from", from)
                .update();
        if (longer == 0) {
            jdbc.sql("""
                    INSERT INTO agenda_past_absence AS was (subject, place, from_at, until_at)
                    VALUES (:subject, :place, :from, :until)
                    ON CONFLICT (subject, place, from_at) DO UPDATE
                    SET until_at = greatest(was.until_at, excluded.until_at)""")
                    .param("subject", subjectPlace.subject().value())
                    .param("place", subjectPlace.place())
                    .param("from", from)
                    .param("until", until)
                    .update();
        }
    }

    /** By subject, one per place; only what each subject entered for their own places. */
    public Map<Subject, List<PlaceNotice>> of(Collection<? extends Subject> subjects) {
        Map<Subject, List<PlaceNotice>> absences = new HashMap<>();
        jdbc.sql("""
                SELECT p.*,
                  ARRAY (SELECT from_at FROM agenda_past_absence was
                    WHERE was.subject = p.subject AND was.place = p.place ORDER BY from_at) AS was_from,
                  ARRAY (SELECT until_at FROM agenda_past_absence was
                    WHERE was.subject = p.subject AND was.place = p.place ORDER BY from_at) AS was_until
                FROM agenda_place p WHERE p.subject = ANY (:subjects)""")
                .param("subjects", subjects.stream().map(Subject::value).toArray(String[]::new))
                .query(rs -> {
                    PlaceTables.SubjectPlace subjectPlace = PlaceTables.subjectPlace(rs);
                    absences.computeIfAbsent(subjectPlace.subject(), subject -> new ArrayList<>(2))
                            .add(new PlaceNotice(
                                    subjectPlace.place(), subjectPlace.structure(), absences(rs, subjectPlace), null));
                });
        return absences;
    }

    private static List<Absence> absences(ResultSet rs, PlaceTables.SubjectPlace subjectPlace) throws SQLException {
        List<Absence> absences = new ArrayList<>();
        Timestamp[] from = (Timestamp[]) rs.getArray("was_from").getArray();
        Timestamp[] until = (Timestamp[]) rs.getArray("was_until").getArray();
        for (int i = 0; i < from.length; i++) {
            absences.add(new Absence(from[i].toInstant(), until[i].toInstant()));
        }
        Instant said = Columns.instant(rs, "away_changed_at");
        if (said != null) {
            PlaceTables.unavailability(rs).absences(subjectPlace.zone()).stream()
                    .flatMap(absence -> absence.within(second(said), null).stream())
                    .forEach(absences::add);
        }
        return absences;
    }

    /** The precision of "from now on", so that one absence begins exactly where the previous one ends. */
    private static Instant second(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS);
    }
}
