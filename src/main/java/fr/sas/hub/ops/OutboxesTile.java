package fr.sas.hub.ops;

import fr.sas.hub.outbox.DestinationStatus;
import fr.sas.hub.outbox.OutboxLevers;
import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** What is waiting for vendors and for the regulators' software, and what is dead-lettered. */
@Component
@Order(40)
class OutboxesTile implements TileSource {

    private final OutboxLevers levers;

    OutboxesTile(OutboxLevers levers) {
        this.levers = levers;
    }

    @Override
    public String key() {
        return "ops.tile.outbox";
    }

    @Override
    public Tile tile() {
        List<DestinationStatus> all = levers.statuses();
        long waiting = all.stream().mapToLong(DestinationStatus::waiting).sum();
        long dead = all.stream().mapToLong(DestinationStatus::dead).sum();
        long silent = all.stream()
                .filter(one -> one.state() != DestinationStatus.State.RUNNING)
                .count();
        return new Tile(
                key(),
                dead > 0 ? "bad" : silent > 0 ? "warn" : "good",
                String.valueOf(waiting),
                "ops.tile.outbox.waiting",
                dead,
                silent);
    }
}
