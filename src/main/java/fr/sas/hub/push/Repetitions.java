package fr.sas.hub.push;

import fr.sas.hub.asking.PushedDeliveries.Terms;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes a vendor's "nothing changed". */
@Service
class Repetitions {

    private final ResourceTables resources;
    private final ScheduleTables agendas;
    private final SubjectPublisher told;
    private final Clock clock;

    Repetitions(ResourceTables resources, ScheduleTables agendas, SubjectPublisher told, Clock clock) {
        this.resources = resources;
        this.agendas = agendas;
        this.told = told;
        this.clock = clock;
    }

    /** @param subjects how many practitioners and associations were confirmed; @param unknown what the vendor does not have */
    record Confirmed(Instant at, int subjects, List<Address> unknown) {}

    @Transactional
    public Confirmed everything(Source source, Terms terms) {
        Instant at = takeTurn(source, terms);
        return new Confirmed(at, told.confirmEverything(source, terms, at), List.of());
    }

    /** Of whomever these Slots and Schedules are. */
    @Transactional
    public Confirmed some(Source source, Terms terms, List<Address> addresses) {
        Instant at = takeTurn(source, terms);
        Map<Address, StoredResource> found = resources.find(source.name(), addresses);
        List<Address> unknown = new ArrayList<>();
        Set<String> schedules = new HashSet<>();
        for (Address address : addresses) {
            StoredResource kept = found.get(address);
            if (kept == null || kept.deleted()) {
                unknown.add(address);
            } else {
                String schedule = kept.schedule();
                schedules.add(schedule == null ? address.id() : schedule);
            }
        }
        Set<String> subjects = new TreeSet<>();
        agendas.subjectsOf(source.name(), schedules).values().forEach(subjects::addAll);
        if (!subjects.isEmpty()) {
            told.confirm(source, terms, at, subjects);
        }
        return new Confirmed(at, subjects.size(), unknown);
    }

    /** The vendor was asked and did not deliver. */
    @Transactional
    public void failed(Source source, Terms terms, Answer.Trouble trouble) {
        told.failed(source, terms, takeTurn(source, terms), trouble);
    }

    private Instant takeTurn(Source source, Terms terms) {
        return resources.takeTurn(
                source.name(), terms.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }
}
