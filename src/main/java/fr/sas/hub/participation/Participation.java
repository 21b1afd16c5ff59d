package fr.sas.hub.participation;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.history.History;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The front door of the room: practitioners' settings, and which slots they allow through. */
@Service
public class Participation {

    private final SettingsTables tables;
    private final Commitments commitments;
    private final Roster roster;
    private final Vendors vendors;
    private final Directory directory;
    private final History history;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Participation(
            SettingsTables tables,
            Commitments commitments,
            Roster roster,
            Vendors vendors,
            Directory directory,
            History history,
            ApplicationEventPublisher events,
            Clock clock) {
        this.tables = tables;
        this.commitments = commitments;
        this.roster = roster;
        this.vendors = vendors;
        this.directory = directory;
        this.history = history;
        this.events = events;
        this.clock = clock;
    }

    /** Every requested subject is in the result, with {@link Commitment#NONE} if nothing was ever saved. */
    public Map<Subject, Commitment> commitmentsOf(Collection<? extends Subject> subjects) {
        Map<Subject, Commitment> found = new HashMap<>();
        List<PractitionerId> practitioners = new ArrayList<>();
        List<StructureId> structures = new ArrayList<>();
        for (Subject subject : subjects) {
            found.put(subject, Commitment.NONE);
            switch (subject) {
                case PractitionerId id -> practitioners.add(id);
                case StructureId id -> structures.add(id);
            }
        }
        if (!practitioners.isEmpty()) {
            found.putAll(commitments.ofPractitioners(practitioners));
        }
        if (!structures.isEmpty()) {
            found.putAll(commitments.ofStructures(structures));
        }
        Set<StructureId> named = found.values().stream()
                .flatMap(commitment -> commitment.calledThrough().stream())
                .collect(Collectors.toSet());
        if (!named.isEmpty()) {
            Map<StructureId, Facility> known = directory.facilities(named);
            found.replaceAll((subject, commitment) -> commitment.with(known));
        }
        return found;
    }

    /**
     * Practitioners who participate at some place, by their own settings or through a health centre. @param most the
     * maximum number returned
     */
    public Set<PractitionerId> participating(int most) {
        return commitments.participating(most);
    }

    /**
     * Practitioners who accept patients reoriented by emergency departments. @param most the maximum number returned
     */
    public Set<PractitionerId> takingReorientedPatients(int most) {
        return tables.takingReorientedPatients(most);
    }

    /**
     * Removes from a batch what its practitioners refuse to show; slots entered by hand always pass. At most one query.
     */
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
                                ScreenedBatch.WithholdingReason.VENDOR_SLOTS_HIDDEN,
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

    SettingsTables.StoredSettings stored(PractitionerId practitioner) {
        return tables.stored(practitioner);
    }

    /** The present settings, to be shown to the practitioner. */
    public SettingsInForce settingsOf(PractitionerId practitioner) {
        return SettingsInForce.of(tables.stored(practitioner));
    }

    /**
     * Replaces all of the settings by what the practitioner filled in as the form, in which the question about booking
     * software must be answered.
     *
     * @param expected the version that was read
     * @throws InvalidInput reports every fault by its field in {@link Settings}; nothing was changed
     * @throws fr.sas.hub.access.StaleWrite if they were changed in the meantime; nothing was changed
     */
    @Transactional
    public SettingsInForce set(PractitionerId practitioner, Settings settings, long expected) {
        return SettingsInForce.of(change(practitioner, settings, expected, SettingsRules::faultsOfForm));
    }

    /**
     * Changes the settings: the stored settings, their history, whom vendors are asked for and what the index shows
     * change in one transaction (docs/decisions/0003).
     *
     * Rejects the settings of someone who has no place of practice, unless they withdraw earlier ones.
     *
     * @param expected the version the writer has read; null to overwrite any
     */
    @Transactional
    SettingsTables.StoredSettings change(PractitionerId practitioner, Settings settings, @Nullable Long expected) {
        return change(practitioner, settings, expected, SettingsRules::faultsOf);
    }

    private SettingsTables.StoredSettings change(
            PractitionerId practitioner,
            Settings settings,
            @Nullable Long expected,
            BiFunction<Settings, KnownReferences, List<InvalidInput.Fault>> rules) {
        tables.lock(practitioner);
        SettingsTables.StoredSettings before = tables.stored(practitioner);
        EntityTag.check(expected, before.version());
        boolean takesBack = before.version() > 0 && !settings.participates();
        List<DirectoryPlace> places = takesBack
                ? directory
                        .find(practitioner)
                        .map(DirectoryPractitioner::places)
                        .orElse(List.of())
                : directory.practitionerWithPlaces(practitioner).places();
        List<InvalidInput.Fault> faults =
                rules.apply(settings, known(places, settings.structure()).orKeptIn(before.settings(), settings));
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        SettingsChange changed = SettingsChange.now(clock);
        SettingsTables.StoredSettings after =
                new SettingsTables.StoredSettings(settings, before.version() + 1, changed);
        tables.save(practitioner, settings, after.version(), changed);
        history.record(practitioner, History.Kind.SETTINGS, "settings", before.document(), after.document());
        roster.practitionerSays(practitioner, !settings.vendorSlotsHidden(), settings.vendors());
        events.publishEvent(new ParticipationChanged(practitioner, before.settings(), settings));
        return after;
    }

    private KnownReferences known(List<DirectoryPlace> places, @Nullable StructureId named) {
        Facility structure = named == null ? null : directory.facility(named).orElse(null);
        return new KnownReferences(
                vendors.list().stream().map(Vendor::source).collect(Collectors.toSet()),
                places.stream().map(DirectoryPlace::id).collect(Collectors.toSet()),
                structure != null,
                structure == null ? null : structure.kind());
    }
}
