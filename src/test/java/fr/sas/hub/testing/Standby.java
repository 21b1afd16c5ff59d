package fr.sas.hub.testing;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A hot standby of a {@link StoppableDatabase}: begun from a copy of its files, taken while it runs, and streaming from it
 * since. It can be kept from repeating, stopped and started again. Reads that a test holds open hold up what it repeats for a few seconds at most
 * (by default half a minute, which is as long as tests wait).
 */
public final class Standby implements AutoCloseable {

    static final String MAX_CONNECTIONS = "300";

    private static final Set<String> OF_THE_PRIMARY_ALONE = Set.of("postmaster.pid", "postmaster.opts", "epg-lock");

    private final Path postgres;
    private final Path data;
    private final int port;
    private @Nullable Process server;

    private Standby(Path postgres, Path data, int port) {
        this.postgres = postgres;
        this.data = data;
        this.port = port;
    }

    static Standby of(EmbeddedPostgres primary, ProcessHandle server, Path files) {
        try (Connection connection = primary.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            Path data = Files.createTempDirectory("standby").resolve("data");
            statement.execute("SELECT pg_backup_start('standby', true)");
            copy(files, data);
            try (ResultSet row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                Files.writeString(data.resolve("backup_label"), row.getString(1));
            }
            Files.createFile(data.resolve("standby.signal"));
            Files.writeString(data.resolve("postgresql.auto.conf"), """
                    primary_conninfo = 'host=localhost port=%d user=postgres'
                    max_connections = %s
                    hot_standby_feedback = on
                    wal_receiver_status_interval = 1s
                    max_standby_streaming_delay = 5s
                    """.formatted(primary.getPort(), MAX_CONNECTIONS));
            Standby standby = new Standby(Path.of(server.info().command().orElseThrow()), data, FreePort.next());
            standby.start();
            return standby;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Files come and go meanwhile; what is half written is repaired from the log. */
    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                Files.createDirectory(
                        to.resolve(from.relativize(folder)),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                if (!OF_THE_PRIMARY_ALONE.contains(file.getFileName().toString())) {
                    try {
                        Files.copy(file, to.resolve(from.relativize(file)));
                    } catch (NoSuchFileException gone) {
                        return FileVisitResult.CONTINUE;
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }

    /** Until it can be read. */
    public void start() {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) { // the server refuses to be root, which it then is not
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(postgres.toString(), "-D", data.toString(), "-p", String.valueOf(port)));
        command.addAll(List.of("-c", "listen_addresses=localhost", "-c", "unix_socket_directories="));
        try {
            server = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(data.resolveSibling("log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().ignoreExceptions().until(() -> {
            execute("SELECT 1");
            return true;
        });
    }

    public void stop() {
        Process running = server;
        if (running != null) {
            interrupt(running);
            running.onExit().join();
            server = null;
        }
    }

    /** Which does not wait for its clients to leave. */
    private static void interrupt(Process running) {
        try {
            new ProcessBuilder("kill", "-INT", String.valueOf(running.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String address() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    /** It goes on receiving, but shows none of it. */
    public void holdBack() {
        execute("SELECT pg_wal_replay_pause()");
        await().until(() -> execute("SELECT pg_get_wal_replay_pause_state()").equals("paused"));
    }

    public void catchUp() {
        execute("SELECT pg_wal_replay_resume()");
    }

    /** From now on it is a primary, of whatever it has received. */
    public void promote() {
        execute("SELECT pg_promote()");
    }

    /** While it is stopped. */
    public Path copy() {
        try {
            Path copy = Files.createTempDirectory("copy").resolve("data");
            copy(data, copy);
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** In place of the files that it has, while it is stopped. */
    public void putBack(Path copy) {
        try {
            FileSystemUtils.deleteRecursively(data);
            copy(copy, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first column of the first row. */
    public String execute(String query) {
        try (Connection connection = DriverManager.getConnection(address());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return String.valueOf(row.getString(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stop();
    }
}
