package fr.sas.hub.database;

import org.springframework.dao.DataAccessResourceFailureException;

/** The database is known not to answer: no query was sent, so that nobody waits. */
public final class DatabaseSilent extends DataAccessResourceFailureException {

    public DatabaseSilent() {
        super("The database does not answer");
    }
}
