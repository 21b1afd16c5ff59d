package fr.sas.hub.ops;

import fr.sas.hub.slot.Source;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How many slots entered by hand can be found. */
@Component
@Order(10)
class AgendaTile implements TileSource {

    private final SlotsTile slots;

    AgendaTile(SlotsTile slots) {
        this.slots = slots;
    }

    @Override
    public String key() {
        return "ops.tile.agenda";
    }

    @Override
    public Tile tile() {
        return new Tile(key(), "good", String.valueOf(slots.of(Source.AGENDA)), "ops.tile.agenda.slots");
    }
}
