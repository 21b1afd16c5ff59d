package fr.sas.hub.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads instants, which JDBC has no getter for. */
public final class Columns {

    private Columns() {}

    /** Null when the column is. */
    public static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /** Of a column that is never null. */
    public static Instant requiredInstant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
