package fr.sas.hub.agenda.hours;

import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import org.springframework.stereotype.Component;

/** How many doctors of a health centre participate, according to its managers, over time. */
@Component
class CentreDoctors {

    private final CentreSizes sizes;

    CentreDoctors(CentreSizes sizes) {
        this.sizes = sizes;
    }

    /** @param said by centre, and by the instant since which it applies */
    record Numbers(Map<StructureId, NavigableMap<Instant, Integer>> said) {

        /** At least one, whatever was entered; in mainland time, which is near enough. */
        int whenTheWeekEnded(Subject subject, LocalDate monday) {
            NavigableMap<Instant, Integer> numbers = subject instanceof StructureId centre ? said.get(centre) : null;
            Map.Entry<Instant, Integer> then = numbers == null
                    ? null
                    : numbers.lowerEntry(monday.plusWeeks(1)
                            .atStartOfDay(PlaceZones.MAINLAND)
                            .toInstant());
            return then == null ? 1 : Math.max(1, then.getValue());
        }
    }

    Numbers of(Collection<? extends Subject> subjects) {
        List<StructureId> centres = subjects.stream()
                .filter(StructureId.class::isInstance)
                .map(StructureId.class::cast)
                .toList();
        return new Numbers(centres.isEmpty() ? Map.of() : sizes.of(centres));
    }
}
