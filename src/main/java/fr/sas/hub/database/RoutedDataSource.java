package fr.sas.hub.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The hub's database, except on a thread that currently reads elsewhere: so reading code need not know where it reads. In
 * place only while there is a read replica.
 */
final class RoutedDataSource extends DelegatingDataSource {

    private static final ThreadLocal<DataSource> ELSEWHERE = new ThreadLocal<>();

    RoutedDataSource(DataSource primary) {
        super(primary);
    }

    /** Everything that this thread reads in the meantime comes from there. */
    static <T> T on(DataSource elsewhere, Supplier<T> reads) {
        ELSEWHERE.set(elsewhere);
        try {
            return reads.get();
        } finally {
            ELSEWHERE.remove();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        DataSource elsewhere = ELSEWHERE.get();
        return elsewhere == null ? super.getConnection() : elsewhere.getConnection();
    }
}
