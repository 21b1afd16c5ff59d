package fr.sas.hub.ops;

import fr.sas.hub.slot.Source;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** How many hand-entered slots are searched. */
@Component
@Order(10)
class AgendaWatched implements Watched {

    private final SlotsWatched slots;

    AgendaWatched(SlotsWatched slots) {
        this.slots = slots;
    }

    @Override
    public Tile look() {
        try {
            long typed = slots.of(Source.AGENDA);
            return new Tile("ops.tile.agenda", "good", String.valueOf(typed), "ops.tile.agenda.slots");
        } catch (DataAccessException e) {
            return new Tile("ops.tile.agenda", "bad", "?", "ops.tile.database.gone");
        }
    }
}
