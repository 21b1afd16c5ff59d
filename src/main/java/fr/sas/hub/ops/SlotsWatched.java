package fr.sas.hub.ops;

import fr.sas.hub.index.SlotCounts;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Slots in the index that have not ended, counted once for every page and tile that shows them. */
@Component
class SlotsWatched {

    private final Remembered<Map<Source, Long>> slots;

    SlotsWatched(SlotCounts slots, Clock clock) {
        this.slots = new Remembered<>(clock, Duration.ofSeconds(15), slots::bySource);
    }

    long of(Source source) {
        return slots.get().getOrDefault(source, 0L);
    }
}
