package fr.sas.hub.index.news;

import java.sql.SQLException;
import java.time.Instant;

/** How nodes tell each other what changed. */
interface NewsLine {

    /** Must be called within the transaction of the change: other nodes are told if it commits, and not before. */
    void tell(String message);

    /**
     * Passes on what other nodes and this one tell from now on. Runs until the line is lost or the listener has had enough.
     *
     * @throws SQLException when the line is lost
     */
    void listen(Listener listener) throws SQLException;

    /** Receives what is told; called by one thread. */
    interface Listener {

        boolean goesOn();

        /** Whose changes are told on this line: a {@link fr.sas.hub.database.DatabaseRun}. Called before it begins. */
        void listensTo(String database);

        /** From now on everything is heard; anything told earlier may have been missed. */
        void begins(Instant at);

        /** Others may change things without telling: nothing held in memory counts until everything is heard again. */
        void doubts();

        void hears(String message);

        /** Everything committed before this instant has been heard. */
        void isUpToDate(Instant at);
    }
}
