package fr.sas.hub.participation;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.connector.Roster;
import fr.sas.hub.connector.Vendor;
import fr.sas.hub.connector.Vendors;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The front door of the room: practitioners' settings, and what they let through. */
@Service
public class Participation {

    private final SettingsTables tables;
    private final CentreTables centres;
    private final Roster roster;
    private final Vendors vendors;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Participation(
            SettingsTables tables,
            CentreTables centres,
            Roster roster,
            Vendors vendors,
            Directory directory,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tables = tables;
        this.centres = centres;
        this.roster = roster;
        this.vendors = vendors;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /** Every subject asked about is in the answer, with {@link Commitment#NONE} where nothing was ever said. */
    public Map<Subject, Commitment> commitmentsOf(Collection<? extends Subject> subjects) {
        Map<Subject, Commitment> commitments = new HashMap<>();
        List<PractitionerId> practitioners = new ArrayList<>();
        List<StructureId> structures = new ArrayList<>();
        for (Subject subject : subjects) {
            commitments.put(subject, Commitment.NONE);
            switch (subject) {
                case PractitionerId id -> practitioners.add(id);
                case StructureId id -> structures.add(id);
            }
        }
        if (!practitioners.isEmpty()) {
            commitments.putAll(tables.commitmentsOf(practitioners));
        }
        if (!structures.isEmpty()) {
            commitments.putAll(centres.commitmentsOf(structures));
        }
        return commitments;
    }

    /** Takes out of a batch what its practitioners refuse to show; hand-entered slots always pass. One query at most. */
    public ScreenedBatch screen(SlotBatch batch) {
        Set<PractitionerId> refusing = batch.source().isAgenda() ? Set.of() : refusing(batch);
        if (refusing.isEmpty()) {
            return new ScreenedBatch(batch, Map.of());
        }
        Map<Subject, Offer> shown = new HashMap<>(batch.offers());
        Map<Subject, ScreenedBatch.Withheld> withheld = new HashMap<>();
        for (PractitionerId practitioner : refusing) {
            shown.computeIfPresent(practitioner, (subject, offer) -> {
                withheld.put(
                        subject,
                        new ScreenedBatch.Withheld(
                                ScreenedBatch.Why.VENDOR_SLOTS_HIDDEN,
                                offer.slots().size()));
                return offer.withoutSlots();
            });
        }
        SlotBatch screened = new SlotBatch(
                batch.source(),
                batch.asked(),
                batch.window(),
                batch.fetchedAt(),
                batch.answer(),
                shown,
                batch.delivery());
        return new ScreenedBatch(screened, withheld);
    }

    private Set<PractitionerId> refusing(SlotBatch batch) {
        List<PractitionerId> practitioners = batch.offers().keySet().stream()
                .filter(PractitionerId.class::isInstance)
                .map(PractitionerId.class::cast)
                .toList();
        return practitioners.isEmpty() ? Set.of() : tables.refusing(practitioners);
    }

    SettingsTables.Kept kept(PractitionerId practitioner) {
        return tables.kept(practitioner);
    }

    /**
     * Changes the settings: what is kept, its history, whom vendors are asked for and what the index shows are one
     * transaction (docs/decisions/0003).
     *
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    SettingsTables.Kept change(PractitionerId practitioner, Settings settings, @Nullable Long expected) {
        tables.lock(practitioner);
        SettingsTables.Kept before = tables.kept(practitioner);
        EntityTag.check(expected, before.version());
        List<InvalidInput.Fault> faults = SettingsRules.faultsOf(
                settings, known(practitioner, settings.structure()).orKeptIn(before.settings(), settings));
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        SettingsTables.Kept after = new SettingsTables.Kept(settings, before.version() + 1);
        tables.keep(practitioner, after, clock.instant(), Authorship.current().toString());
        history.keep(practitioner, History.Kind.SETTINGS, "settings", before.document(), after.document());
        roster.practitionerSays(practitioner, !settings.vendorSlotsHidden(), settings.vendors());
        events.publishEvent(new ParticipationChanged(practitioner, before.settings(), settings));
        return after;
    }

    private Known known(PractitionerId practitioner, @Nullable StructureId named) {
        Facility structure = named == null ? null : directory.facility(named).orElse(null);
        return new Known(
                vendors.list().stream().map(Vendor::source).collect(Collectors.toSet()),
                directory.find(practitioner).stream()
                        .flatMap(known -> known.places().stream())
                        .map(DirectoryPlace::id)
                        .collect(Collectors.toSet()),
                structure != null,
                structure == null ? null : structure.kind());
    }
}
