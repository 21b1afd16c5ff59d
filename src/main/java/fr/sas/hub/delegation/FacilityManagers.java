package fr.sas.hub.delegation;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.SentForm;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.StructureId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who manages which facility, as account managers state it: a facility may have several managers, a manager several
 * facilities.
 */
@Service
public class FacilityManagers {

    private final FacilityManagerRows rows;
    private final AccountManagers accountManagers;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    FacilityManagers(
            FacilityManagerRows rows,
            AccountManagers accountManagers,
            Directory directory,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.rows = rows;
        this.accountManagers = accountManagers;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /** What the history records about a manager. */
    private record ManagerSnapshot(String manager) {}

    /** @param facility the id under which the directory stores it */
    boolean isManager(EmailAddress email, StructureId facility) {
        return rows.existsByEmailAndFacility(email, facility);
    }

    /** Names of the facilities someone manages, longest first. */
    @Transactional(readOnly = true)
    public List<String> facilitiesOf(EmailAddress email) {
        return named(rows.findByEmailOrderById(email)).stream()
                .map(named -> directory
                        .facility(named.facility())
                        .map(Facility::name)
                        .orElse(named.facility().value()))
                .toList();
    }

    /** Those of one facility, under any of its ids; by name. */
    @Transactional(readOnly = true)
    public List<FacilityManagerView> of(StructureId facility) {
        return named(rows.findByFacilityOrderByFamilyAscGivenAscIdAsc(storedId(facility)));
    }

    /**
     * Longest named first; for an account manager, those of their territories. @param email null for all; @param after
     * null for the first page
     */
    @Transactional(readOnly = true)
    List<FacilityManagerView> list(@Nullable EmailAddress email, @Nullable UUID after, int atMost) {
        Territories where = accountManagers.ofCaller();
        return named(rows.list(
                email == null ? null : email.value(), where == null ? null : where.postalCodes(), after, atMost));
    }

    private static List<FacilityManagerView> named(List<FacilityManagerRow> rows) {
        return rows.stream().map(FacilityManagerRow::named).toList();
    }

    /** From what was typed in. @throws InvalidInput reports every fault: email, family, given */
    @Transactional
    public FacilityManagerView name(
            StructureId id, @Nullable String email, @Nullable String family, @Nullable String given, SentForm form) {
        TypedText typed = new TypedText();
        EmailAddress address = typed.email("email", email);
        String familyName = typed.name("family", family);
        String givenName = typed.name("given", given);
        typed.check();
        return name(id, Objects.requireNonNull(address), familyName, givenName, form);
    }

    private FacilityManagerView name(StructureId id, EmailAddress email, String family, String given, SentForm form) {
        StructureId facility = directory.knownFacility(id).id();
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UUID made = form.makes(UuidCreator.getTimeOrderedEpoch(now), facility, email, family, given);
        Optional<FacilityManagerRow> before = rows.findById(made);
        if (before.isPresent()) {
            return before.get().named();
        }
        FacilityManagerView named = new FacilityManagerView(
                made, facility, email, family, given, now, Authorship.current().toString());
        try {
            rows.saveAndFlush(new FacilityManagerRow(named));
        } catch (DataIntegrityViolationException e) {
            throw new InvalidInput(
                    "email",
                    "belongs to someone who is already a manager",
                    "Cette adresse électronique est celle d'un gestionnaire déjà nommé.",
                    "This e-mail address is that of a manager named already.");
        }
        recordChange(facility, named.id(), null, email);
        events.publishEvent(new ActingBegan(
                new Person(Person.Kind.FACILITY_MANAGER, email.value()),
                family,
                given,
                directory.facility(facility).map(Facility::name).orElse(facility.value())));
        return named;
    }

    /** Takes effect at once. */
    @Transactional
    public void remove(StructureId id, UUID manager) {
        StructureId facility = storedId(id);
        FacilityManagerRow row = rows.findByIdAndFacility(manager, facility)
                .orElseThrow(() -> new NotFound(
                        "Facility " + id + " has no manager " + manager,
                        "Ce gestionnaire n'est pas nommé pour cette structure."));
        rows.delete(row);
        EmailAddress email = row.named().email();
        recordChange(facility, manager, email, null);
        events.publishEvent(new ActingEnded(new Person(Person.Kind.FACILITY_MANAGER, email.value()), facility));
    }

    /** Whether this names a manager of any facility at all: one who was removed no longer counts as named. */
    @Transactional(readOnly = true)
    public boolean isNamed(UUID manager) {
        return rows.existsById(manager);
    }

    private void recordChange(
            StructureId facility, UUID id, @Nullable EmailAddress before, @Nullable EmailAddress after) {
        history.record(
                facility,
                History.Kind.MANAGERS,
                "managers/" + id,
                before == null ? null : new ManagerSnapshot(before.value()),
                after == null ? null : new ManagerSnapshot(after.value()));
    }

    private StructureId storedId(StructureId id) {
        return directory.facility(id).map(Facility::id).orElse(id);
    }
}
