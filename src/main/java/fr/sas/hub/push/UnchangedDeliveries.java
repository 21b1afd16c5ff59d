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

/** Handles a vendor's "nothing has changed". */
@Service
class UnchangedDeliveries {

    private final ResourceTables resources;
    private final ScheduleTables scheduleTables;
    private final SubjectPublisher publisher;
    private final Clock clock;

    UnchangedDeliveries(
            ResourceTables resources, ScheduleTables scheduleTables, SubjectPublisher publisher, Clock clock) {
        this.resources = resources;
        this.scheduleTables = scheduleTables;
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * @param subjects how many practitioners and associations were confirmed
     * @param unknown addresses at which the vendor has no resource
     */
    record StoredConfirmation(Instant at, int subjects, List<ResourceAddress> unknown) {}

    @Transactional
    public StoredConfirmation everything(Source source, Terms terms) {
        Instant at = takeTurn(source, terms);
        return new StoredConfirmation(at, publisher.confirmEverything(source, terms, at), List.of());
    }

    /** Confirms everyone to whom these Slots and Schedules belong. */
    @Transactional
    public StoredConfirmation some(Source source, Terms terms, List<ResourceAddress> addresses) {
        Instant at = takeTurn(source, terms);
        Map<ResourceAddress, StoredResource> found = resources.find(source.name(), addresses);
        List<ResourceAddress> unknown = new ArrayList<>();
        Set<String> schedules = new HashSet<>();
        for (ResourceAddress address : addresses) {
            StoredResource kept = found.get(address);
            if (kept == null || kept.deleted()) {
                unknown.add(address);
            } else {
                String schedule = kept.schedule();
                schedules.add(schedule == null ? address.id() : schedule);
            }
        }
        Set<String> subjects = new TreeSet<>();
        scheduleTables.subjectsOf(source.name(), schedules).values().forEach(subjects::addAll);
        if (!subjects.isEmpty()) {
            publisher.confirm(source, terms, at, subjects);
        }
        return new StoredConfirmation(at, subjects.size(), unknown);
    }

    /** The vendor was polled but did not deliver. */
    @Transactional
    public void failed(Source source, Terms terms, Answer.Trouble trouble) {
        publisher.failed(source, terms, takeTurn(source, terms), trouble);
    }

    private Instant takeTurn(Source source, Terms terms) {
        return resources
                .takeTurn(source.name(), terms.fingerprint(), clock.instant().truncatedTo(ChronoUnit.MILLIS))
                .at();
    }
}
