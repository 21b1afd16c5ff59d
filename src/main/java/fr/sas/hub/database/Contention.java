package fr.sas.hub.database;

import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;

/** Transactions that met others: locks are taken in one order, and where that cannot be the database ends one of two. */
public final class Contention {

    private Contention() {}

    /**
     * Runs a transaction, and once more when it lost against another one and nothing of it was done.
     *
     * @param transaction a whole one: not a part of the caller's; what it was given may have been read already
     */
    public static <T> T onceMore(Supplier<T> transaction) {
        try {
            return transaction.get();
        } catch (RuntimeException e) {
            if (!isContention(e)) {
                throw e;
            }
            return transaction.get();
        }
    }

    /** Routes wrap what fails in them. */
    private static boolean isContention(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrencyFailureException) {
                return true;
            }
        }
        return false;
    }
}
