package fr.sas.hub.participation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.HealthCentresChanged;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Health centres' settings, and whom they concern. */
@Service
class Centres {

    private final CentreTables tables;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Centres(CentreTables tables, Directory directory, History history, ApplicationEventPublisher events, Clock clock) {
        this.tables = tables;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /** @param named any of the centre's ids */
    CentreTables.Kept kept(StructureId named) {
        return tables.kept(centre(named));
    }

    /**
     * Changes a centre's settings: what is kept, its history, and what the index shows of its doctors are one transaction.
     *
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    CentreTables.Kept change(StructureId named, CentreSettings settings, @Nullable Long expected) {
        StructureId centre = centre(named);
        tables.lock(centre);
        CentreTables.Kept before = tables.kept(centre);
        EntityTag.check(expected, before.version());
        CentreTables.Kept after = new CentreTables.Kept(settings, before.version() + 1);
        tables.keep(centre, after, clock.instant(), Authorship.current().toString());
        history.keep(centre, History.Kind.SETTINGS, "settings", before.document(), after.document());
        Set<Subject> concerned = new HashSet<>(directory.salariedAt(centre));
        concerned.add(centre);
        events.publishEvent(new CentresChanged(concerned));
        return after;
    }

    private StructureId centre(StructureId named) {
        Facility facility = directory
                .facility(named)
                .orElseThrow(() -> new NotFound(
                        "The directory knows no facility " + named, "L'annuaire ne connaît pas de structure " + named));
        if (!facility.isCentre()) {
            throw new InvalidInput(
                    "nationalId",
                    "names no health centre: of facilities only those of kind cds have settings",
                    "ne désigne pas un centre de santé : parmi les structures seules celles de nature cds ont des réglages");
        }
        return facility.id();
    }

    @EventListener
    void on(HealthCentresChanged change) {
        Set<Subject> concerned = new HashSet<>(change.salaried());
        concerned.addAll(change.ids());
        events.publishEvent(new CentresChanged(concerned));
    }
}
