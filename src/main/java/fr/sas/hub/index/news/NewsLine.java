package fr.sas.hub.index.news;

import java.sql.SQLException;
import java.time.Instant;

/** How nodes notify each other of changes. */
interface NewsLine {

    /** Must be called within the transaction of the change: other nodes are notified once it commits, and only then. */
    void publish(String message);

    /**
     * Passes on what other nodes and this one report from now on. Runs until the line is lost or the listener stops it.
     *
     * @throws SQLException when the line is lost
     */
    void listen(Listener listener) throws SQLException;

    /** Receives notifications; called by one thread. */
    interface Listener {

        boolean goesOn();

        /** Whose changes this line reports: a {@link fr.sas.hub.database.DatabaseRun}. Called before it starts. */
        void listensTo(String database);

        /** From now on everything is received; anything reported earlier may have been missed. */
        void begins(Instant at);

        /** Other nodes may change things without notice: nothing held in memory counts until all changes are received again. */
        void doubts();

        void hears(String message);

        /** Everything committed before this instant has been heard. */
        void isUpToDate(Instant at);
    }
}
