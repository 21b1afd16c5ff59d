package fr.sas.hub.intake;

import fr.sas.hub.asking.DeliveryTracker;
import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.SlotBatch;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;

/** The front door of the room: reads a delivery, keeps what is good and rejects the rest with a reason. */
@Service
public class Intake {

    private final DeliveryReader reader;
    private final Directory directory;
    private final Rejections rejections;
    private final ReadingCounts readings;
    private final TransactionTemplate transaction;
    private final ProfileChecks profiles;
    private final DeliveryTracker deliveryTracker;
    private final Clock clock;
    private final MeterRegistry meters;

    Intake(
            Directory directory,
            Rejections rejections,
            ReadingCounts readings,
            TransactionTemplate transaction,
            ProfileChecks profiles,
            DeliveryTracker deliveryTracker,
            IntakeSettings settings,
            Clock clock,
            MeterRegistry meters) {
        this.reader = new DeliveryReader(settings.rejectionsPerDelivery());
        this.directory = directory;
        this.rejections = rejections;
        this.readings = readings;
        this.transaction = transaction;
        this.profiles = profiles;
        this.deliveryTracker = deliveryTracker;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * What the delivery contains about the subjects it was requested for. Empty for a vendor on trial, whose deliveries
     * are only judged. A delivery read twice counts once, as last read.
     */
    public SlotBatch read(Delivery delivery) {
        DeliveryReader.Reading reading = reader.read(delivery, known(delivery), clock.instant());
        if (isTheFirst(delivery, reading)) {
            profiles.scheduleCheck(delivery);
            if (!(reading.batch().answer() instanceof Answer.Failed)) {
                rejections.recordVolume(
                        delivery.source(),
                        new Tally.Volume(1, reading.accepted(), reading.withheld(), reading.rejected()));
            }
            count(delivery, "accepted", reading.accepted());
            count(delivery, "withheld", reading.withheld());
            count(delivery, "rejected", reading.rejected());
        }
        deliveryTracker.read(
                delivery, reading.batch().answer(), reading.accepted() + reading.withheld() + reading.rejected());
        SlotBatch batch = reading.batch();
        return delivery.trial()
                ? new SlotBatch(
                        batch.source(),
                        Set.of(),
                        batch.window(),
                        batch.fetchedAt(),
                        batch.answer(),
                        Map.of(),
                        delivery.id())
                : batch;
    }

    /** Stores the findings, replacing those of an earlier reading of the same delivery. */
    private boolean isTheFirst(Delivery delivery, DeliveryReader.Reading reading) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            Optional<ReadingCounts.Count> before = readings.keep(delivery, reading);
            before.ifPresent(count -> rejections.takeBack(delivery, count));
            rejections.record(delivery, reading.findings());
            return before.isEmpty();
        }));
    }

    /**
     * The same reading, to explain what became of a delivery.
     *
     * @param at the instant to read it for: whatever had ended by then is rejected as past
     */
    public DeliveryInspection inspect(Delivery delivery, Instant at) {
        List<JudgedEntry> entries = new ArrayList<>();
        DeliveryReader.Reading reading = reader.read(delivery, known(delivery), at, entries::add);
        return new DeliveryInspection(
                reading.batch(),
                entries,
                reading.findings().retained().stream()
                        .map(found -> new DeliveryInspection.InspectionFinding(
                                found.rule().id(),
                                found.path(),
                                found.sentence(),
                                found.rule().sentenceInFrench(found.value())))
                        .toList());
    }

    private Map<PractitionerId, DirectoryPractitioner> known(Delivery delivery) {
        if (delivery.pages().isEmpty()) {
            return Map.of();
        }
        Set<PractitionerId> practitioners = delivery.asked().stream()
                .filter(PractitionerId.class::isInstance)
                .map(PractitionerId.class::cast)
                .collect(Collectors.toSet());
        return practitioners.isEmpty() ? Map.of() : directory.find(practitioners);
    }

    private void count(Delivery delivery, String fate, int slots) {
        if (slots > 0) {
            meters.counter("hub.intake.entries", "vendor", delivery.source().name(), "fate", fate)
                    .increment(slots);
        }
    }
}
