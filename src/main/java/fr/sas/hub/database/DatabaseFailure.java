package fr.sas.hub.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Distinguishes failures of the database itself from errors in what was asked of it. */
public final class DatabaseFailure {

    private DatabaseFailure() {}

    /** Whether the database is unavailable or the connection was lost: the same request may be retried. */
    public static boolean isIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof DataAccessResourceFailureException
                    || cause instanceof CannotCreateTransactionException
                    || cause instanceof SQLException e && isOfConnection(e.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** SQL's class 08, and PostgreSQL's 57P: the server is shutting down or starting. */
    private static boolean isOfConnection(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("57P"));
    }
}
