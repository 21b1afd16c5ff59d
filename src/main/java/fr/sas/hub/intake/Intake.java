package fr.sas.hub.intake;

import fr.sas.hub.connector.Delivery;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** The front door of the room: reads a delivery, keeps the good, rejects the bad with a reason. */
@Service
public class Intake {

    private static final Logger log = LoggerFactory.getLogger(Intake.class);

    private final DeliveryReader reader;
    private final Clock clock;

    Intake(DeliveryReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /** One bad entry never spoils the delivery. What a vendor on trial says is judged, and goes no further. */
    public SlotBatch read(Delivery delivery) {
        if (delivery.answer() instanceof Answer.Failed) {
            return batch(delivery, delivery.answer(), Map.of());
        }
        DeliveryReader.Read read = reader.read(delivery, clock.instant());
        if (!read.rejections().isEmpty()) {
            log.info(
                    "{}: {} entries rejected, first: {}",
                    delivery.source(),
                    read.rejections().size(),
                    read.rejections().getFirst());
        }
        return batch(delivery, read.answer(), read.offers());
    }

    private static SlotBatch batch(Delivery delivery, Answer answer, Map<Subject, Offer> offers) {
        return delivery.trial()
                ? new SlotBatch(delivery.source(), Set.of(), delivery.window(), delivery.fetchedAt(), answer, Map.of())
                : new SlotBatch(
                        delivery.source(), delivery.asked(), delivery.window(), delivery.fetchedAt(), answer, offers);
    }
}
