package fr.sas.hub.delegation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.TimeOrderedIds;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
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
public class Managers {

    private final ManagerRows rows;
    private final AccountManagers accountManagers;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Managers(
            ManagerRows rows,
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
    private record Remembered(String manager) {}

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
    public List<Named> of(StructureId facility) {
        return named(rows.findByFacilityOrderByFamilyAscGivenAscIdAsc(kept(facility)));
    }

    /**
     * Longest named first; for an account manager, those of their territories. @param email null for all; @param after
     * null for the first page
     */
    @Transactional(readOnly = true)
    List<Named> list(@Nullable EmailAddress email, @Nullable UUID after, int atMost) {
        Territories where = accountManagers.ofCaller();
        return named(rows.list(
                email == null ? null : email.value(), where == null ? null : where.postalCodes(), after, atMost));
    }

    private static List<Named> named(List<ManagerRow> rows) {
        return rows.stream().map(ManagerRow::named).toList();
    }

    /** From what was typed in. @throws InvalidInput reports every fault: email, family, given */
    @Transactional
    public Named name(StructureId id, @Nullable String email, @Nullable String family, @Nullable String given) {
        TypedText typed = new TypedText();
        EmailAddress address = typed.email("email", email);
        String familyName = typed.name("family", family);
        String givenName = typed.name("given", given);
        typed.check();
        return name(id, Objects.requireNonNull(address), familyName, givenName);
    }

    private Named name(StructureId id, EmailAddress email, String family, String given) {
        StructureId facility = directory
                .facility(id)
                .map(Facility::id)
                .orElseThrow(() -> new NotFound(
                        "The directory knows no facility " + id, "Cette structure n'est pas connue de l'annuaire."));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Named named = new Named(
                TimeOrderedIds.next(now),
                facility,
                email,
                family,
                given,
                now,
                Authorship.current().toString());
        try {
            rows.saveAndFlush(new ManagerRow(named));
        } catch (DataIntegrityViolationException e) {
            throw new InvalidInput(
                    "email",
                    "belongs to someone who is already a manager",
                    "Cette adresse électronique est celle d'un gestionnaire déjà nommé.");
        }
        remember(facility, named.id(), null, email);
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
        StructureId facility = kept(id);
        ManagerRow row = rows.findByIdAndFacility(manager, facility)
                .orElseThrow(() -> new NotFound(
                        "Facility " + id + " has no manager " + manager,
                        "Ce gestionnaire n'est pas nommé pour cette structure."));
        rows.delete(row);
        EmailAddress email = row.named().email();
        remember(facility, manager, email, null);
        events.publishEvent(new ActingEnded(new Person(Person.Kind.FACILITY_MANAGER, email.value()), facility));
    }

    /** Whether this names a manager of any facility at all: one who was removed is not named any more. */
    @Transactional(readOnly = true)
    public boolean isNamed(UUID manager) {
        return rows.existsById(manager);
    }

    private void remember(StructureId facility, UUID id, @Nullable EmailAddress before, @Nullable EmailAddress after) {
        history.keep(
                facility,
                History.Kind.MANAGERS,
                "managers/" + id,
                before == null ? null : new Remembered(before.value()),
                after == null ? null : new Remembered(after.value()));
    }

    private StructureId kept(StructureId id) {
        return directory.facility(id).map(Facility::id).orElse(id);
    }
}
