package fr.sas.hub.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * The room's front door: who exists, and where they work. Look-ups are cached; a change is visible at once on the node
 * that makes it, and within a minute on the others.
 */
@Service
public class Directory {

    private final PractitionerTables tables;
    private final SalariedDoctors salaried;
    private final ApplicationEventPublisher events;
    private final Cache<PractitionerId, Optional<DirectoryPractitioner>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    Directory(PractitionerTables tables, SalariedDoctors salaried, ApplicationEventPublisher events) {
        this.tables = tables;
        this.salaried = salaried;
        this.events = events;
    }

    public Optional<DirectoryPractitioner> find(PractitionerId id) {
        return Optional.ofNullable(find(List.of(id)).get(id));
    }

    /** Those of the given practitioners that the directory knows. */
    public Map<PractitionerId, DirectoryPractitioner> find(Collection<PractitionerId> ids) {
        Map<PractitionerId, DirectoryPractitioner> found = new HashMap<>();
        known.getAll(Set.copyOf(ids), this::load)
                .forEach((id, practitioner) -> practitioner.ifPresent(p -> found.put(id, p)));
        return found;
    }

    /** The ids among these that are in the directory, without reading or caching what it says of them. */
    public Set<PractitionerId> practitionersAmong(Collection<PractitionerId> ids) {
        return ids.isEmpty() ? Set.of() : tables.practitionersAmong(ids);
    }

    /** As {@link #find}, bypassing the cache: for callers that hold what they read until notified of a change. */
    public Map<PractitionerId, DirectoryPractitioner> read(Collection<PractitionerId> ids) {
        Map<PractitionerId, DirectoryPractitioner> found = new HashMap<>();
        tables.practitioners(ids).forEach((id, kept) -> found.put(id, Objects.requireNonNull(kept.value())));
        return found;
    }

    /**
     * The practitioners who work at one of these structures, under any of its ids. @param most maximum number returned,
     * in no particular order
     */
    public Set<PractitionerId> workingAt(Collection<StructureId> structures, int most) {
        Set<StructureId> ids = new HashSet<>();
        structures.forEach(structure -> ids.addAll(idsOf(structure)));
        return tables.workingAt(ids, most);
    }

    /**
     * The practitioners who work where the postal code starts with one of these. @param most maximum number returned,
     * in no particular order
     */
    public Set<PractitionerId> workingIn(Collection<String> postalCodes, int most) {
        return tables.workingIn(postalCodes, most);
    }

    /**
     * A practitioner with a place of practice; without one a practitioner can do nothing in the SAS, as no patient
     * could be sent to them.
     *
     * @throws NotFound when the directory does not know them
     * @throws InvalidInput when they have no place of practice
     */
    public DirectoryPractitioner practitionerWithPlaces(PractitionerId id) {
        DirectoryPractitioner known = find(id).orElseThrow(() -> new NotFound(
                "The directory knows no practitioner " + id, "Ce professionnel n'est pas connu de l'annuaire."));
        if (known.places().isEmpty()) {
            throw new InvalidInput(
                    "nationalId",
                    "names a practitioner without a place of practice: no patient could be sent to them",
                    "Aucune action n'est possible dans le SAS sans lieu d'exercice connu de l'annuaire.");
        }
        return known;
    }

    private Map<PractitionerId, Optional<DirectoryPractitioner>> load(Set<? extends PractitionerId> ids) {
        Map<PractitionerId, Optional<DirectoryPractitioner>> looked = new HashMap<>();
        ids.forEach(id -> looked.put(id, Optional.empty()));
        tables.practitioners(Set.copyOf(ids)).forEach((id, kept) -> looked.put(id, Optional.ofNullable(kept.value())));
        return looked;
    }

    /** Every practitioner's id, streamed, in no particular order. */
    public void forEachPractitioner(Consumer<PractitionerId> action) {
        tables.forEachPractitioner(action);
    }

    /** Up to {@code most} practitioner ids after this one, in text order; an empty text starts from the beginning. */
    public List<PractitionerId> practitionersAfter(String last, int most) {
        return tables.practitionersAfter(last, most);
    }

    public long countPractitioners() {
        return tables.countPractitioners();
    }

    /** SOS Médecins associations. */
    public List<StructureId> associations() {
        return tables.associations();
    }

    /** By name. @param after the id of the last one on the previous page; null for the first page */
    @Transactional(readOnly = true)
    List<Facility> facilities(FacilityQuery asked, @Nullable StructureId after, int atMost) {
        return tables.facilities(asked, after, atMost);
    }

    /**
     * Structures that match what a person types, sorted by name.
     *
     * @param text words of the name or the town or their beginnings, in any order, ignoring accents; or the beginning of a FINESS or SIRET
     * @param where a PostgreSQL pattern that their postal codes match; null for anywhere
     * @param after the id of the last one on the previous page; null for the first page
     * @throws InvalidInput when the text is too long
     */
    @Transactional(readOnly = true)
    public List<Facility> facilitiesNamed(
            String text, @Nullable String where, @Nullable StructureId after, int atMost) {
        return tables.facilities(FacilityQuery.typed(null, text).within(where), after, atMost);
    }

    /**
     * Structures of a kind that match what a person types, sorted by name.
     *
     * @param text as for {@link #facilitiesNamed}; empty for all
     * @throws InvalidInput when the text is too long
     */
    @Transactional(readOnly = true)
    public List<Facility> facilitiesOf(Facility.Kind kind, String text, int atMost) {
        return tables.facilities(FacilityQuery.typed(kind, text), null, atMost);
    }

    /** The structure with this national id, whichever of its ids it is. */
    public Optional<Facility> facility(StructureId id) {
        return Optional.ofNullable(tables.facility(id).value());
    }

    /** As {@link #facility}. @throws NotFound when the directory does not know it */
    public Facility knownFacility(StructureId id) {
        return facility(id).orElseThrow(() -> unknown(id));
    }

    private static NotFound unknown(StructureId id) {
        return new NotFound("The directory knows no facility " + id, "Cette structure n'est pas connue de l'annuaire.");
    }

    /**
     * Those of the given structures that the directory knows, by the id requested; each as returned by {@link
     * #facility}.
     */
    public Map<StructureId, Facility> facilities(Collection<StructureId> ids) {
        Map<StructureId, Facility> found = new HashMap<>();
        tables.facilities(ids).forEach((id, kept) -> found.put(id, Objects.requireNonNull(kept.value())));
        return found;
    }

    /** All ids of this structure, including the given one. */
    public Set<StructureId> idsOf(StructureId facility) {
        return salaried.idsOf(facility);
    }

    /** The health centres stored under one of these ids. */
    public List<Facility> centres(Collection<StructureId> ids) {
        return tables.facilitiesKeptUnder(ids).stream()
                .filter(Facility::isCentre)
                .toList();
    }

    /** The salaried doctors of a health centre. @param centre the id it is stored under */
    public Set<PractitionerId> salariedAt(StructureId centre) {
        return salariedAt(Set.of(centre));
    }

    /** The salaried doctors of several centres. */
    public Set<PractitionerId> salariedAt(Collection<StructureId> centres) {
        return salaried.at(centres);
    }

    /** The health centres at which these practitioners are salaried doctors, and at which of their places. */
    public List<SalariedDoctor> salaried(Collection<PractitionerId> practitioners) {
        return salaried.of(practitioners);
    }

    /** Those of these structures that are health centres, each with the id it is stored under. */
    public Map<StructureId, StructureId> centresKnownAs(Collection<StructureId> ids) {
        return salaried.centresKnownAs(ids);
    }

    /** With its version, for a caller about to change it; NotFound when there is none. */
    @Transactional(readOnly = true)
    PractitionerTables.Versioned<DirectoryPractitioner> requireStored(PractitionerId id) {
        PractitionerTables.Versioned<DirectoryPractitioner> kept =
                tables.practitioners(List.of(id)).get(id);
        if (kept == null) {
            throw new NotFound(
                    "The directory knows no practitioner " + id, "Ce professionnel n'est pas connu de l'annuaire.");
        }
        return kept;
    }

    @Transactional(readOnly = true)
    PractitionerTables.Versioned<Facility> requireStored(StructureId id) {
        PractitionerTables.Versioned<Facility> kept = tables.facility(id);
        if (kept.value() == null) {
            throw unknown(id);
        }
        return kept;
    }

    /** @param expected the version to be replaced; null: any */
    @Transactional
    PractitionerTables.Versioned<DirectoryPractitioner> save(
            DirectoryPractitioner practitioner, @Nullable Long expected) {
        PractitionerId id = practitioner.id();
        tables.lock(id.value());
        PractitionerTables.Versioned<DirectoryPractitioner> before =
                tables.practitioners(List.of(id)).get(id);
        EntityTag.check(expected, before == null ? 0 : before.version());
        tables.save(
                before == null || before.value() == null ? practitioner : practitioner.withPlaceIdsOf(before.value()));
        salaried.follow(id);
        events.publishEvent(new PractitionersChanged(Set.of(id)));
        return requireStored(id);
    }

    /** The id under which the facility with this id is stored: a write under any of its ids goes there. */
    StructureId keptUnder(StructureId id) {
        return facility(id).map(Facility::id).orElse(id);
    }

    @Transactional
    PractitionerTables.Versioned<Facility> save(Facility facility, @Nullable Long expected) {
        tables.lock(facility.id().value());
        PractitionerTables.Versioned<Facility> before = tables.facility(facility.id());
        EntityTag.check(expected, before.version());
        boolean wasCentre = before.value() != null && before.value().isCentre();
        tables.save(facility);
        if (wasCentre != facility.isCentre()) {
            salaried.follow(facility.id());
        }
        events.publishEvent(new FacilityChanged(facility.id()));
        return requireStored(facility.id());
    }

    @Transactional
    void delete(PractitionerId id, @Nullable Long expected) {
        tables.lock(id.value());
        EntityTag.check(expected, requireStored(id).version());
        tables.delete(id);
        salaried.follow(id);
        events.publishEvent(new PractitionersChanged(Set.of(id)));
    }

    /** Runs before other listeners, so that they look up fresh data. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    @TransactionalEventListener(fallbackExecution = true)
    void forget(PractitionersChanged changed) {
        if (changed.practitioners().isEmpty()) {
            known.invalidateAll();
        } else {
            known.invalidateAll(changed.practitioners());
        }
    }
}
