package fr.sas.hub.index.news;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** How many nodes share this database. */
@Repository
public class NodeCount {

    private final JdbcClient jdbc;

    NodeCount(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that listen for changes of the index at the moment, of whatever release. */
    public int listening() {
        return ListeningNodes.count(jdbc);
    }
}
