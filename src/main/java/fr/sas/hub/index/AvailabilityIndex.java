package fr.sas.hub.index;

import fr.sas.hub.agenda.place.PlaceNotice;
import fr.sas.hub.agenda.place.PlaceNotices;
import fr.sas.hub.agenda.place.PlaceNoticesChanged;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.index.news.IndexNews;
import fr.sas.hub.participation.Commitment;
import fr.sas.hub.participation.Participation;
import fr.sas.hub.participation.ParticipationChanged;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.participation.StructuresChanged;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.Confirmation;
import fr.sas.hub.slot.ConfirmationResult;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.VendorChanged;
import fr.sas.hub.vendor.VendorRemoved;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The front door of the room: the one list of available slots. PostgreSQL is the source of truth; nothing is cached
 * here.
 */
@Service
public class AvailabilityIndex {

    private final IndexReader reader;
    private final IndexTables tables;
    private final ChangeLog log;
    private final BatchWriter writer;
    private final IndexNews news;
    private final SlotFigures figures;
    private final SourceFreshnessPolicy freshness;
    private final Directory directory;
    private final Participation participation;
    private final PlaceNotices notices;
    private final Roster roster;
    private final AnswerInputsJournal answerInputsJournal;
    private final Clock clock;

    AvailabilityIndex(
            IndexReader reader,
            IndexTables tables,
            ChangeLog log,
            BatchWriter writer,
            IndexNews news,
            SlotFigures figures,
            SourceFreshnessPolicy freshness,
            Directory directory,
            Participation participation,
            PlaceNotices notices,
            Roster roster,
            AnswerInputsJournal answerInputsJournal,
            Clock clock) {
        this.reader = reader;
        this.tables = tables;
        this.log = log;
        this.writer = writer;
        this.news = news;
        this.figures = figures;
        this.freshness = freshness;
        this.directory = directory;
        this.participation = participation;
        this.notices = notices;
        this.roster = roster;
        this.answerInputsJournal = answerInputsJournal;
        this.clock = clock;
    }

    /**
     * Replaces the data of the batch's source for the subjects and the window it covers. A partial answer deletes
     * nothing, a failed one only records the failure (DOMAIN §7.4); batches of an undeclared vendor are ignored. Joins
     * the caller's transaction.
     */
    @Transactional
    public void replace(ScreenedBatch screened) {
        SlotBatch batch = screened.batch();
        if (batch.asked().isEmpty() || !isStillDeclared(batch.source())) {
            return;
        }
        figures.refused(
                batch.source(),
                screened.withheld().values().stream()
                        .mapToInt(ScreenedBatch.Withheld::slots)
                        .sum());
        switch (batch.answer()) {
            case Answer.Complete complete -> writer.write(batch, null);
            case Answer.Partial partial -> writer.write(batch, partial.trouble());
            case Answer.Failed failed -> writer.recordFailure(batch, failed.trouble());
        }
    }

    /**
     * Treats the source's last complete data as fetched at this later instant. Takes a few statements, however many
     * subjects it covers.
     *
     * @return the subjects for which that data is stored here; for others the source must send it again, and it
     *     will be compared in full
     */
    @Transactional
    public ConfirmationResult confirm(Confirmation confirmation) {
        Source source = confirmation.source();
        if (!isStillDeclared(source)) {
            return new ConfirmationResult(Set.of());
        }
        Set<String> vanished = tables.vanished(source, confirmation.subjects());
        if (!vanished.isEmpty()) {
            tables.notRefusing(vanished.toArray(String[]::new));
            tables.compareInFull(source, vanished);
        }
        List<Subject> confirmed = tables.confirmAgain(source, confirmation.subjects(), confirmation.at());
        if (!confirmed.isEmpty()) {
            answerInputsJournal.confirmed(confirmation);
            news.confirmed(source, confirmation.at(), confirmed);
        }
        return new ConfirmationResult(confirmed.stream()
                .filter(subject -> !vanished.contains(subject.value()))
                .collect(Collectors.toSet()));
    }

    /** The erasure of a vendor that has left waits for deliveries that saw it as declared; later ones see it gone. */
    private boolean isStillDeclared(Source source) {
        if (source.isAgenda()) {
            return true;
        }
        tables.holdErasureOf(source);
        return freshness.isDeclared(source);
    }

    /** What is now known about these subjects, merged. Every requested subject is in the result. */
    @Transactional(readOnly = true)
    public Map<Subject, Availability> availabilityOf(Collection<? extends Subject> subjects) {
        Map<Subject, Availability> availability = new HashMap<>();
        assemblies(subjects).forEach((subject, assembly) -> availability.put(subject, assembly.availability()));
        fillIn(availability);
        return availability;
    }

    /** Whom to call is worth a look-up in the directory if a source omits it. */
    private void fillIn(Map<Subject, Availability> availability) {
        List<PractitionerId> lacking = availability.values().stream()
                .filter(Availability::lacksAPhone)
                .map(Availability::subject)
                .filter(PractitionerId.class::isInstance)
                .map(PractitionerId.class::cast)
                .toList();
        if (!lacking.isEmpty()) {
            directory
                    .read(lacking)
                    .forEach((id, known) -> availability.computeIfPresent(
                            id,
                            (subject, shown) -> shown.at(PartyDescriptions.filledIn(shown.places(), known.places()))));
        }
    }

    /** The present state of one slot, shown or not, by the id under which it is shown. */
    @Transactional(readOnly = true)
    public OfferedSlot offered(Subject subject, String id) {
        Instant now = clock.instant();
        AnswerAssembly assembly =
                Objects.requireNonNull(assemblies(List.of(subject)).get(subject));
        Availability shown = assembly.availability();
        return new OfferedSlot(
                shown.slots().stream()
                        .filter(slot -> slot.id().equals(id) && !slot.slot().isPastAt(now))
                        .findFirst()
                        .orElse(null),
                assembly.hidden().getOrDefault(id, Set.of()),
                shown.statuses());
    }

    private Map<Subject, AnswerAssembly> assemblies(Collection<? extends Subject> subjects) {
        Instant now = clock.instant();
        Map<String, Subject> byValue = subjects.stream().distinct().collect(Collectors.toMap(Subject::value, s -> s));
        Map<Subject, List<IndexReader.SourceStatusRow>> statuses = reader.statuses(byValue);
        Map<Subject, List<IndexReader.SlotRow>> slots = reader.slots(byValue, now);
        Map<Subject, Set<Source>> asked = roster.vendorsAskedFor(byValue.values());
        Map<Subject, Commitment> commitments = participation.commitmentsOf(byValue.values());
        Map<Subject, List<PlaceNotice>> said = notices.of(byValue.values());
        Map<Subject, AnswerAssembly> assemblies = new HashMap<>();
        for (Subject subject : byValue.values()) {
            assemblies.put(
                    subject,
                    new AnswerAssembly(new AnswerInputs(
                            subject,
                            commitments.getOrDefault(subject, Commitment.NONE),
                            statuses.getOrDefault(subject, List.of()),
                            asked.getOrDefault(subject, Set.of()),
                            slots.getOrDefault(subject, List.of()),
                            said.getOrDefault(subject, List.of()),
                            freshness,
                            now)));
        }
        return assemblies;
    }

    /** Any slot of the source that begins after an instant, shown or not; empty if there is none. */
    public Optional<SlotName> anySlotOf(Source source, Instant after) {
        return reader.anySlotOf(source, after);
    }

    /** A CPTS that some slot has belonged to. */
    public Optional<Community> community(StructureId id) {
        return reader.community(id);
    }

    /**
     * Runs in the transaction that changes the settings: a refusal and the erasure that it requires are atomic, even if
     * the power fails in between.
     */
    @EventListener
    @Transactional
    public void on(ParticipationChanged change) {
        PractitionerId practitioner = change.practitioner();
        if (change.after().vendorSlotsHidden()) {
            tables.holdDeliveriesOf(practitioner);
            tables.refuse(practitioner, clock.instant());
            log.eraseVendorSlotsOf(practitioner);
        } else {
            tables.holdDeliveriesOf(practitioner);
            tables.admit(practitioner);
        }
        answerInputsJournal.settingsChanged(practitioner, change.before(), change.after());
        news.changed(Set.of(practitioner));
    }

    /** The index stores only its history: how a subject participates is looked up when the subject is read. */
    @EventListener
    @Transactional
    public void on(StructuresChanged change) {
        List<Subject> structures = change.concerned().stream()
                .filter(StructureId.class::isInstance)
                .toList();
        participation
                .commitmentsOf(structures)
                .forEach((structure, now) -> answerInputsJournal.isSo(
                        AnswerInputsJournal.CENTRE, structure.value(), PastDocument.of(now.isOfCentre(structure))));
        news.changed(change.concerned());
    }

    /** The index stores only its history: notices about places are looked up when subjects are read. */
    @EventListener
    @Transactional
    public void on(PlaceNoticesChanged change) {
        Map<Subject, List<PlaceNotice>> now = notices.of(change.subjects());
        change.subjects()
                .forEach(subject -> answerInputsJournal.isSo(
                        AnswerInputsJournal.NOTICES,
                        subject.value(),
                        PastDocument.of(now.getOrDefault(subject, List.of()))));
        news.changed(change.subjects());
    }

    /** The slots of a vendor that leaves go with it (DOMAIN §7.7); readers stop showing them before they are erased. */
    @EventListener
    @Transactional
    public void on(VendorRemoved left) {
        tables.holdDeliveriesBy(left.source());
        log.eraseSource(left.source());
        answerInputsJournal.isSo(AnswerInputsJournal.VENDOR, left.source().name(), null);
        news.everythingChanged();
    }

    /** Data of vendors on trial is not stored; any change of status may change what is shown. */
    @EventListener
    @Transactional
    public void on(VendorChanged change) {
        freshness
                .vendor(change.source())
                .ifPresent(vendor -> answerInputsJournal.isSo(
                        AnswerInputsJournal.VENDOR, change.source().name(), PastDocument.of(VendorThen.of(vendor))));
        news.everythingChanged();
    }
}
