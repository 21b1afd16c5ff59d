package fr.sas.hub.database;

import java.util.function.Supplier;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * Handles transactions in conflict with others: locks are taken in a fixed order, and where that is impossible the
 * database aborts one of the two.
 */
public final class TransactionRetry {

    private TransactionRetry() {}

    /**
     * Runs a transaction, and retries it once if it lost to another and was rolled back.
     *
     * @param transaction a complete one, not part of the caller's; its inputs may have been consumed by the first
     *     attempt
     */
    public static <T> T retryOnce(Supplier<T> transaction) {
        try {
            return transaction.get();
        } catch (RuntimeException e) {
            if (!isContention(e)) {
                throw e;
            }
            return transaction.get();
        }
    }

    /** Routes wrap exceptions thrown in them. */
    private static boolean isContention(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConcurrencyFailureException) {
                return true;
            }
        }
        return false;
    }
}
