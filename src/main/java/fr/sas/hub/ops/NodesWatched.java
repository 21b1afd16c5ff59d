package fr.sas.hub.ops;

import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** How many nodes share the work: each keeps one connection open that listens for changes of the index. */
@Component
@Order(90)
class NodesWatched implements Watched {

    private final JdbcTemplate jdbc;

    NodesWatched(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String key() {
        return "ops.tile.nodes";
    }

    @Override
    public Tile look() {
        Integer nodes = jdbc.queryForObject(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN %'",
                Integer.class);
        int listening = nodes == null ? 0 : nodes;
        return new Tile(key(), listening == 0 ? "warn" : "good", String.valueOf(listening), "ops.tile.nodes.listen");
    }
}
