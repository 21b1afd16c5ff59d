package fr.sas.hub.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of one test's own, that can be stopped in the middle of whatever it does, and go on as if nothing had been. */
public final class StoppableDatabase implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final ProcessHandle server;
    private final Path data;

    public StoppableDatabase() {
        try {
            data = Files.createTempDirectory("stoppable-database").resolve("data");
            postgres = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setServerConfig("max_connections", Standby.MAX_CONNECTIONS)
                    .setServerConfig("wal_keep_size", "512MB")
                    .start();
            server = server();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private ProcessHandle server() throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow();
        }
    }

    public String address() {
        return postgres.getJdbcUrl("postgres", "postgres") + "&reWriteBatchedInserts=true";
    }

    /** Another server that repeats whatever this one does. */
    public Standby standby() {
        return Standby.of(postgres, server, data);
    }

    /** For tests that start others first. */
    public void stop() {
        signal("-STOP", Stream.of(server));
        signal("-STOP", server.children());
    }

    public void goOn() {
        signal("-CONT", Stream.concat(server.children(), Stream.of(server)));
    }

    private static void signal(String name, Stream<ProcessHandle> processes) {
        List<String> command = Stream.concat(
                        Stream.of("kill", name), processes.map(process -> String.valueOf(process.pid())))
                .toList();
        try {
            new ProcessBuilder(command).inheritIO().start().waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        goOn();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
