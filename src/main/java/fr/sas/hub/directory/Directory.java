package fr.sas.hub.directory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * The front door of the room: who exists, and where they work. Look-ups are cached; a writer's own node knows at once, the
 * others within a minute.
 */
@Service
public class Directory {

    private final PractitionerTables tables;
    private final Salaried salaried;
    private final ApplicationEventPublisher events;
    private final Cache<PractitionerId, Optional<DirectoryPractitioner>> known = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();

    Directory(PractitionerTables tables, Salaried salaried, ApplicationEventPublisher events) {
        this.tables = tables;
        this.salaried = salaried;
        this.events = events;
    }

    public Optional<DirectoryPractitioner> find(PractitionerId id) {
        return Optional.ofNullable(find(List.of(id)).get(id));
    }

    /** Those of the practitioners that the directory knows. */
    public Map<PractitionerId, DirectoryPractitioner> find(Collection<PractitionerId> ids) {
        Map<PractitionerId, DirectoryPractitioner> found = new HashMap<>();
        known.getAll(Set.copyOf(ids), this::look)
                .forEach((id, practitioner) -> practitioner.ifPresent(p -> found.put(id, p)));
        return found;
    }

    private Map<PractitionerId, Optional<DirectoryPractitioner>> look(Set<? extends PractitionerId> ids) {
        Map<PractitionerId, Optional<DirectoryPractitioner>> looked = new HashMap<>();
        ids.forEach(id -> looked.put(id, Optional.empty()));
        tables.practitioners(Set.copyOf(ids)).forEach((id, kept) -> looked.put(id, Optional.ofNullable(kept.value())));
        return looked;
    }

    /** Every practitioner's id, streamed, in no order. */
    public void forEachPractitioner(Consumer<PractitionerId> action) {
        tables.forEachPractitioner(action);
    }

    /** The structure of this national id, under whichever of its ids the directory knows it. */
    public Optional<Facility> facility(StructureId id) {
        return Optional.ofNullable(tables.facility(id).value());
    }

    /** Those of these ids under which a health centre is kept. */
    public List<Facility> centres(Collection<StructureId> ids) {
        return tables.facilitiesKeptUnder(ids).stream()
                .filter(Facility::isCentre)
                .toList();
    }

    /** The salaried doctors of a health centre. @param centre the id it is kept under */
    public Set<PractitionerId> salariedAt(StructureId centre) {
        return salaried.at(centre);
    }

    /** With its version, for who is about to change it; NotFound when there is nobody. */
    @Transactional(readOnly = true)
    PractitionerTables.Kept<DirectoryPractitioner> kept(PractitionerId id) {
        PractitionerTables.Kept<DirectoryPractitioner> kept =
                tables.practitioners(List.of(id)).get(id);
        if (kept == null) {
            throw new NotFound(
                    "The directory knows no practitioner " + id, "L'annuaire ne connaît pas de praticien " + id);
        }
        return kept;
    }

    @Transactional(readOnly = true)
    PractitionerTables.Kept<Facility> kept(StructureId id) {
        PractitionerTables.Kept<Facility> kept = tables.facility(id);
        if (kept.value() == null) {
            throw new NotFound("The directory knows no facility " + id, "L'annuaire ne connaît pas de structure " + id);
        }
        return kept;
    }

    /** @param expected the version to be replaced; null: whichever */
    @Transactional
    PractitionerTables.Kept<DirectoryPractitioner> save(DirectoryPractitioner practitioner, @Nullable Long expected) {
        PractitionerId id = practitioner.id();
        tables.lock(id.value());
        PractitionerTables.Kept<DirectoryPractitioner> before =
                tables.practitioners(List.of(id)).get(id);
        EntityTag.check(expected, before == null ? 0 : before.version());
        tables.save(
                before == null || before.value() == null ? practitioner : practitioner.withPlaceIdsOf(before.value()));
        salaried.follow(id);
        events.publishEvent(new PractitionersChanged(Set.of(id)));
        return kept(id);
    }

    /** The id under which the facility of this id is kept: a write under any of its ids goes there. */
    StructureId keptUnder(StructureId id) {
        return facility(id).map(Facility::id).orElse(id);
    }

    @Transactional
    PractitionerTables.Kept<Facility> save(Facility facility, @Nullable Long expected) {
        tables.lock(facility.id().value());
        PractitionerTables.Kept<Facility> before = tables.facility(facility.id());
        EntityTag.check(expected, before.version());
        boolean wasCentre = before.value() != null && before.value().isCentre();
        tables.save(facility);
        if (wasCentre != facility.isCentre()) {
            salaried.follow(facility.id());
        }
        events.publishEvent(new FacilityChanged(facility.id()));
        return kept(facility.id());
    }

    @Transactional
    void delete(PractitionerId id, @Nullable Long expected) {
        tables.lock(id.value());
        EntityTag.check(expected, kept(id).version());
        tables.delete(id);
        salaried.follow(id);
        events.publishEvent(new PractitionersChanged(Set.of(id)));
    }

    /** Before the others hear of it and look. */
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
