package fr.sas.hub.ops;

import fr.sas.hub.index.SlotCounts;
import fr.sas.hub.slot.Source;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How many hand-entered slots are searched. */
@Component
@Order(10)
class AgendaWatched implements Watched {

    private final Remembered<Map<Source, Long>> slots;

    AgendaWatched(SlotCounts slots, Clock clock) {
        this.slots = new Remembered<>(clock, Duration.ofSeconds(15), slots::bySource);
    }

    @Override
    public Tile look() {
        try {
            long typed = slots.get().getOrDefault(Source.AGENDA, 0L);
            return new Tile("ops.tile.agenda", "good", String.valueOf(typed), "ops.tile.agenda.slots");
        } catch (DataAccessException e) {
            return new Tile("ops.tile.agenda", "bad", "?", "ops.tile.database.gone");
        }
    }
}
