package fr.sas.hub.database;

import java.util.OptionalLong;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Asks the database when it is called, unlike {@link DatabasePulse}, and for as long as the pool and the driver wait. */
@Component
public class DatabaseProbe {

    private final JdbcClient jdbc;

    DatabaseProbe(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** How long it took to answer, with the wait for a connection; empty if it does not answer. */
    public OptionalLong millis() {
        long began = System.nanoTime();
        try {
            jdbc.sql("SELECT 1").query(Integer.class).single();
            return OptionalLong.of((System.nanoTime() - began) / 1_000_000);
        } catch (DataAccessException e) {
            return OptionalLong.empty();
        }
    }
}
