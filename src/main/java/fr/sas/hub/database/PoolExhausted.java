package fr.sas.hub.database;

import java.sql.SQLTransientConnectionException;

/** All connections of the pool were in use for the whole wait; the database may be well. */
final class PoolExhausted extends SQLTransientConnectionException {

    PoolExhausted(SQLTransientConnectionException timeout) {
        super(timeout.getMessage());
    }
}
