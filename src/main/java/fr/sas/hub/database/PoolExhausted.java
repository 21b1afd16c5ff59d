package fr.sas.hub.database;

import java.sql.SQLTransientConnectionException;

/** All connections of the pool were in use for as long as one is waited for; the database may be well. */
final class PoolExhausted extends SQLTransientConnectionException {

    PoolExhausted(SQLTransientConnectionException timeout) {
        super(timeout.getMessage());
    }
}
