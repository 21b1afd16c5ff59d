package fr.sas.hub.ops;

import fr.sas.hub.index.news.NodeCount;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How many nodes share the work. */
@Component
@Order(90)
class NodesTile implements TileSource {

    private final NodeCount nodes;

    NodesTile(NodeCount nodes) {
        this.nodes = nodes;
    }

    @Override
    public String key() {
        return "ops.tile.nodes";
    }

    @Override
    public Tile tile() {
        int listening = nodes.listening();
        return new Tile(key(), listening == 0 ? "warn" : "good", String.valueOf(listening), "ops.tile.nodes.listen");
    }
}
