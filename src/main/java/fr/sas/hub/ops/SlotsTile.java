package fr.sas.hub.ops;

import fr.sas.hub.index.SlotCounts;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Slots in the index that have not ended, counted once for every page and tile that shows them. */
@Component
class SlotsTile {

    private final CachedFigure<Map<Source, Long>> slots;

    SlotsTile(SlotCounts slots, Clock clock) {
        this.slots = new CachedFigure<>(clock, Duration.ofSeconds(15), slots::bySource);
    }

    long of(Source source) {
        return slots.get().getOrDefault(source, 0L);
    }
}
