package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.AgendaSettings;
import fr.sas.hub.agenda.entry.DirectoryPlaces;
import fr.sas.hub.agenda.entry.EntryDraft;
import fr.sas.hub.agenda.entry.OccurrenceTables;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.FacilityChanged;
import fr.sas.hub.directory.PractitionersChanged;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.AppointmentType;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes agendas to the index along the route in {@code routes/}. An agenda is published as a whole, within the
 * transaction that changes it, and again when later entries come within the horizon.
 */
@Component
class AgendaPublisher {

    private static final String ROUTE = "direct:agenda-changed";
    private static final int AT_ONCE = 200;
    /** Ranges in progress began in the past; none lasts longer than a day and an hour. */
    private static final Duration LOOKING_BACK = Duration.ofDays(2);

    private static final Duration LOOK_UPS_EXPIRE = Duration.ofMinutes(1);

    private final AgendaTables tables;
    private final OccurrenceTables occurrences;
    private final BookingTables bookings;
    private final AgendaOwners owners;
    private final ProducerTemplate routes;
    private final TransactionTemplate transaction;
    private final AgendaSettings settings;
    private final Clock clock;

    AgendaPublisher(
            AgendaTables tables,
            OccurrenceTables occurrences,
            BookingTables bookings,
            AgendaOwners owners,
            ProducerTemplate routes,
            TransactionTemplate transaction,
            AgendaSettings settings,
            Clock clock) {
        this.tables = tables;
        this.occurrences = occurrences;
        this.bookings = bookings;
        this.owners = owners;
        this.routes = routes;
        this.transaction = transaction;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Names and places are shown as listed in the directory: due once the cached look-ups of every node have expired.
     */
    @TransactionalEventListener(fallbackExecution = true)
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void on(PractitionersChanged change) {
        tables.due(change.practitioners(), clock.instant().plus(LOOK_UPS_EXPIRE));
    }

    /** A centre is looked up each time it is published: nothing cached has to expire first. */
    @TransactionalEventListener(fallbackExecution = true)
    @Transactional(propagation = Propagation.REQUIRES_NEW)
    public void on(FacilityChanged change) {
        tables.due(List.of(change.facility()), clock.instant());
    }

    /** Any number of nodes share the work: each takes agendas that no other node is working on. */
    @Scheduled(initialDelayString = "PT5S", fixedDelayString = "${hub.agenda.renew-every:PT1M}")
    void renew() {
        boolean more;
        do {
            more = Boolean.TRUE.equals(transaction.execute(status -> renewSome()));
        } while (more);
    }

    private boolean renewSome() {
        Set<Subject> due = tables.claimDue(clock.instant(), AT_ONCE);
        if (!due.isEmpty()) {
            publish(due);
        }
        return due.size() == AT_ONCE;
    }

    /** The caller's transaction must have locked the agendas. Any failure here fails the whole transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    void publish(Set<Subject> subjects) {
        Instant now = clock.instant();
        Instant horizonEnd = now.plus(settings.horizon());
        Map<Subject, List<OccurrenceTables.PlannedOccurrence>> planned = new HashMap<>();
        occurrences.makeAhead(subjects, now);
        occurrences
                .planned(subjects, now, horizonEnd)
                .forEach(one -> planned.computeIfAbsent(one.entry().subject(), subject -> new ArrayList<>())
                        .add(one));
        Map<Subject, AgendaOwner> known = owners.find(subjects);
        Map<AgendaEntry.OccurrenceName, Integer> booked = bookings.counts(subjects);
        Map<Subject, Offer> offers = new HashMap<>();
        tables.parties(subjects)
                .forEach((subject, party) -> offers.put(
                        subject, offer(party, known.get(subject), planned.getOrDefault(subject, List.of()), booked)));
        Window window = new Window(now.minus(LOOKING_BACK), horizonEnd);
        routes.sendBody(ROUTE, new SlotBatch(Source.AGENDA, subjects, window, now, Answer.COMPLETE, offers));
        tables.plan(subjects, now, horizonEnd, now.plus(settings.refreshAfter()));
    }

    private static Offer offer(
            NamedSubject lastKnown,
            @Nullable AgendaOwner owner,
            List<OccurrenceTables.PlannedOccurrence> planned,
            Map<AgendaEntry.OccurrenceName, Integer> booked) {
        List<DirectoryPlace> today = owner == null ? List.of() : owner.places();
        List<Specialty> specialties = owner == null ? List.of() : owner.specialties();
        Map<String, PracticeLocation> places = new LinkedHashMap<>();
        List<Slot> slots = new ArrayList<>(planned.size());
        for (OccurrenceTables.PlannedOccurrence one : planned) {
            PracticeLocation place = DirectoryPlaces.today(one.entry().typed().place(), today);
            places.put(place.key(), place);
            int left = one.entry().typed().patients() - booked.getOrDefault(one.name(), 0);
            if (left > 0) {
                slots.add(slot(one, place, specialties).leaving(left));
            }
        }
        return new Offer(owner == null ? lastKnown : owner.party(), List.copyOf(places.values()), slots);
    }

    /** Not bookable online, but still by appointment: the regulator calls the practice. */
    private static Slot slot(
            OccurrenceTables.PlannedOccurrence planned, PracticeLocation place, List<Specialty> specialties) {
        AgendaEntry entry = planned.entry();
        EntryDraft typed = entry.typed();
        return new Slot(
                entry.subject(),
                place.key(),
                planned.occurrence().start(),
                planned.occurrence().end(),
                typed.audiences(),
                typed.modes(),
                List.of(),
                specialties,
                AppointmentType.ROUTINE,
                null,
                List.of(),
                typed.patients(),
                entry.id() + "@" + planned.occurrence().date());
    }
}
