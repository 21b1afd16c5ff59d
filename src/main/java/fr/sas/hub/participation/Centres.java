package fr.sas.hub.participation;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.directory.FacilityChanged;
import fr.sas.hub.directory.HealthCentresChanged;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Health centres' settings, and the subjects that a structure's change concerns. A front door of the room. */
@Service
public class Centres {

    private final CentreTables tables;
    private final SettingsTables practitioners;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Centres(
            CentreTables tables,
            SettingsTables practitioners,
            Directory directory,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tables = tables;
        this.practitioners = practitioners;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /** @param named any of the centre's ids */
    CentreTables.StoredCentreSettings stored(StructureId named) {
        return tables.stored(centre(named));
    }

    /** The present settings, to be shown to the centre's managers. @throws InvalidInput for another kind of facility */
    public CentreSettingsInForce settingsOf(StructureId named) {
        return CentreSettingsInForce.of(stored(named));
    }

    /**
     * Replaces all of the settings.
     *
     * @param expected the version that was read
     * @throws InvalidInput reports every fault by its field in {@link CentreSettings}; nothing was changed
     * @throws fr.sas.hub.access.StaleWrite if they were changed in the meantime; nothing was changed
     */
    @Transactional
    public CentreSettingsInForce set(StructureId named, CentreSettings settings, long expected) {
        CentreSettings checked = CentreSettingsDocument.of(settings).toSettings();
        return CentreSettingsInForce.of(change(named, checked, expected));
    }

    /**
     * Changes a centre's settings: the stored settings, their history and what the index shows of its doctors change in
     * one transaction.
     *
     * @param expected the version the writer has read; null to overwrite any
     */
    @Transactional
    CentreTables.StoredCentreSettings change(StructureId named, CentreSettings settings, @Nullable Long expected) {
        StructureId centre = centre(named);
        tables.lock(centre);
        CentreTables.StoredCentreSettings before = tables.stored(centre);
        EntityTag.check(expected, before.version());
        SettingsChange changed = SettingsChange.now(clock);
        CentreTables.StoredCentreSettings after =
                new CentreTables.StoredCentreSettings(settings, before.version() + 1, changed);
        tables.save(centre, settings, after.version(), changed);
        if (settings.professionals() != before.settings().professionals()) {
            tables.keepSize(centre, settings.professionals(), changed.at());
        }
        history.record(centre, History.Kind.SETTINGS, "settings", before.document(), after.document());
        Set<Subject> concerned = new HashSet<>(directory.salariedAt(centre));
        concerned.add(centre);
        events.publishEvent(new StructuresChanged(concerned));
        return after;
    }

    private StructureId centre(StructureId named) {
        Facility facility = directory.knownFacility(named);
        if (!facility.isCentre()) {
            throw new InvalidInput(
                    "nationalId",
                    "must name a health centre: only facilities of kind cds have settings",
                    "Cette structure n'est pas un centre de santé : seuls les centres de santé ont des paramètres.");
        }
        return facility.id();
    }

    @EventListener
    void on(HealthCentresChanged change) {
        Set<Subject> concerned = new HashSet<>(change.salaried());
        concerned.addAll(change.ids());
        events.publishEvent(new StructuresChanged(concerned));
    }

    /** Answers contain its name and phone for everyone who participates through it or works there. */
    @EventListener
    void on(FacilityChanged change) {
        StructureId facility = change.facility();
        Set<Subject> concerned = new HashSet<>(practitioners.naming(directory.idsOf(facility)));
        concerned.addAll(directory.workingAt(List.of(facility), Integer.MAX_VALUE));
        if (directory.facility(facility).filter(Facility::isCentre).isPresent()) {
            concerned.add(facility);
        }
        if (!concerned.isEmpty()) {
            events.publishEvent(new StructuresChanged(concerned));
        }
    }
}
