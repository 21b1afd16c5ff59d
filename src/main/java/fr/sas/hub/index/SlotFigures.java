package fr.sas.hub.index;

import fr.sas.hub.database.AfterCommit;
import fr.sas.hub.slot.Source;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * The fates of vendors' accepted slots: each slot of a delivery has exactly one, and only committed ones are counted.
 * The agenda is not a vendor and is not counted here.
 */
@Component
class SlotFigures {

    private final MeterRegistry meters;

    SlotFigures(MeterRegistry meters) {
        this.meters = meters;
    }

    /**
     * @param added new in the index, or changed
     * @param unchanged already known
     * @param booked already booked
     * @param refused their practitioner does not want vendors' slots shown
     * @param overtaken a later answer had arrived first
     * @param removed known before and no longer reported; these are not in the delivery
     */
    record Fates(int added, int unchanged, int booked, int refused, int overtaken, int removed) {}

    void afterCommit(Source source, Fates fates) {
        if (source.isAgenda()) {
            return;
        }
        whenCommitted(() -> {
            count(source, "added", fates.added);
            count(source, "unchanged", fates.unchanged);
            count(source, "booked", fates.booked);
            count(source, "refused", fates.refused);
            count(source, "overtaken", fates.overtaken);
            count(source, "removed", fates.removed);
        });
    }

    void refused(Source source, int slots) {
        if (slots > 0) {
            whenCommitted(() -> count(source, "refused", slots));
        }
    }

    private static void whenCommitted(Runnable counting) {
        AfterCommit.run(counting);
    }

    private void count(Source source, String fate, int slots) {
        if (slots > 0) {
            meters.counter("hub.index.slots", "vendor", source.name(), "fate", fate)
                    .increment(slots);
        }
    }
}
