package fr.sas.hub.agenda.hours;

import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** How many doctors of a health centre participate, as its managers said from time to time. */
@Repository
class CentreDoctors {

    private final JdbcTemplate jdbc;

    CentreDoctors(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @param said by the instant since when it holds */
    record Numbers(Map<String, NavigableMap<Instant, Integer>> said) {

        /** At least one, whatever was said; on the mainland's clock, which is near enough. */
        int whenTheWeekEnded(Subject subject, LocalDate monday) {
            NavigableMap<Instant, Integer> numbers = said.get(subject.value());
            Map.Entry<Instant, Integer> then = numbers == null
                    ? null
                    : numbers.lowerEntry(monday.plusWeeks(1)
                            .atStartOfDay(PlaceZones.MAINLAND)
                            .toInstant());
            return then == null ? 1 : Math.max(1, then.getValue());
        }
    }

    Numbers of(Collection<? extends Subject> subjects) {
        Object[] centres = subjects.stream()
                .filter(StructureId.class::isInstance)
                .map(Subject::value)
                .toArray(String[]::new);
        Map<String, NavigableMap<Instant, Integer>> said = new HashMap<>();
        if (centres.length > 0) {
            jdbc.query(
                    "SELECT centre, since, professionals FROM participation_centre_size WHERE centre = ANY (?)",
                    row -> {
                        said.computeIfAbsent(row.getString("centre"), centre -> new TreeMap<>())
                                .put(row.getTimestamp("since").toInstant(), row.getInt("professionals"));
                    },
                    (Object) centres);
        }
        return new Numbers(said);
    }
}
