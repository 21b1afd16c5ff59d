package fr.sas.hub.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Distinguishes failures of the database itself from errors in what was asked of it. */
public final class DatabaseFailure {

    /** The server has waited for the next statement, or for the end of the transaction, for too long, and hung up. */
    private static final Set<String> HUNG_UP = Set.of("25P03", "25P04");

    /** The pool's message, without an SQL state, about a connection that it has taken out of service after an earlier failure. */
    private static final String OUT_OF_SERVICE = "Connection is closed";

    private DatabaseFailure() {}

    /** Whether the database is unavailable or the connection was lost: the same request may be retried. */
    public static boolean isIn(Throwable failure) {
        boolean found = false;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException e && asksForTooMuch(e)) {
                return false;
            }
            found |= isUnavailable(cause) || cause instanceof SQLException e && isOfConnection(e);
        }
        return found;
    }

    /** Whether no connection was available, or the database was not queried: what failed has changed nothing. */
    public static boolean isBeforeAnyStatement(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotCreateTransactionException
                    || cause instanceof CannotGetJdbcConnectionException
                    || cause instanceof DatabaseSilent) {
                return true;
            }
        }
        return false;
    }

    /** Whether the database may be well, and others used all of this node's connections for too long. */
    public static boolean isForWantOfConnection(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof PoolExhausted) {
                return true;
            }
        }
        return false;
    }

    /** In one line, without the statement: what the database or its driver said, else what failed. */
    public static String reason(Throwable failure) {
        Throwable said = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException) {
                said = cause;
            }
        }
        String words = Optional.ofNullable(said.getMessage()).orElse("");
        return said.getClass().getSimpleName() + ": "
                + words.lines().findFirst().orElse("");
    }

    private static boolean isUnavailable(Throwable cause) {
        return cause instanceof DataAccessResourceFailureException || cause instanceof CannotCreateTransactionException;
    }

    /** PostgreSQL's class 54 (a limit of the program): a retry would exceed it again, however Spring classifies it. */
    private static boolean asksForTooMuch(SQLException e) {
        return String.valueOf(e.getSQLState()).startsWith("54");
    }

    /** SQL's class 08, and PostgreSQL's 57P: the server is shutting down or starting. */
    private static boolean isOfConnection(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state == null
                ? OUT_OF_SERVICE.equals(e.getMessage())
                : state.startsWith("08") || state.startsWith("57P") || HUNG_UP.contains(state);
    }
}
