package fr.sas.hub.database;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server of the embedded database, {@code postgres} below the data folder: no connections without the password
 * (docs/decisions/0045). It is monitored and restarted when it ends while the hub runs.
 */
final class EmbeddedServer implements AutoCloseable {

    static final String USER = "postgres";

    private static final Logger log = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final Duration SLOWEST_START = Duration.ofSeconds(60);
    private static final Duration LAST_WORDS = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 2;
    private static final int ANY_PORT = 0;

    private final Path directory;
    private final Path binaries;
    private final DatabasePassword password;
    private final Duration patience;
    private final Runnable givenUp;
    private EmbeddedPostgres postgres;
    private volatile boolean closing;

    private EmbeddedServer(Path data, Duration patience, Runnable givenUp) throws IOException {
        this.directory = data.resolve("postgres");
        this.binaries = data.resolve("postgres-binaries");
        this.patience = patience;
        this.givenUp = givenUp;
        DataFolder.ownOnly(data);
        this.password = DatabasePassword.in(data);
        this.postgres = launch(ANY_PORT);
    }

    /**
     * @param data absolute
     * @param givenUp called when the database has ended and cannot be restarted
     */
    static EmbeddedServer start(Path data, Runnable givenUp) throws IOException {
        return start(data, SLOWEST_START, givenUp);
    }

    /** @param patience timeout of each attempt to start */
    static EmbeddedServer start(Path data, Duration patience, Runnable givenUp) throws IOException {
        EmbeddedServer server = new EmbeddedServer(data, patience, givenUp);
        server.watch();
        return server;
    }

    /** Stays the same when the server is restarted. */
    synchronized String address() {
        return postgres.getJdbcUrl(USER, "postgres");
    }

    String password() {
        return password.value();
    }

    private EmbeddedPostgres launch(int port) throws IOException {
        endThoseBefore();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setDataDirectory(directory)
                .setOverrideWorkingDirectory(binaries.toFile())
                .setPgBinaryResolver(new UnpackedTo(binaries))
                .setCleanDataDirectory(false)
                .setDataDirectoryCustomizer(folder -> password.closeDoors(directory, binaries))
                .setConnectConfig("password", password.value())
                .setServerConfig("listen_addresses", "localhost")
                .setServerConfig("unix_socket_directories", "''")
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("max_wal_size", "2GB")
                .setPGStartupWait(patience)
                .setRegisterShutdownHook(false); // closed by Spring, after everything that uses it
        return (port == ANY_PORT ? builder : builder.setPort(port)).start();
    }

    /** The library unpacks only once per resolver, into the first folder given: hence one resolver per folder. */
    private record UnpackedTo(Path folder) implements PgBinaryResolver {
        @Override
        public InputStream getPgBinary(String system, String hardware) throws IOException {
            return DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, hardware);
        }
    }

    private void watch() throws IOException {
        ProcessHandle process =
                postmaster().orElseThrow(() -> new IOException("The embedded database ended right after its start"));
        process.onExit()
                .thenRunAsync(
                        () -> ended(process.pid()),
                        task -> Thread.ofPlatform()
                                .name("embedded-database")
                                .daemon()
                                .start(task));
    }

    /** The server was killed, or ended by itself. */
    private void ended(long pid) {
        if (closing) {
            return;
        }
        log.error("The embedded database (pid {}) ended while the hub is running; restarting it", pid);
        for (int attempt = 1; attempt <= ATTEMPTS && !closing; attempt++) {
            if (startedAgain()) {
                return;
            }
        }
        if (!closing) {
            log.error("The embedded database cannot be restarted: the hub exits, so that its supervisor restarts it");
            givenUp.run();
        }
    }

    private synchronized boolean startedAgain() {
        try {
            if (closing) {
                return true;
            }
            int port = postgres.getPort();
            postgres.close();
            postgres = launch(port);
            watch();
            log.warn("The embedded database is running again");
            return true;
        } catch (IOException | RuntimeException e) {
            log.error("The embedded database did not start", e);
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        synchronized (this) {
            postgres.close();
        }
    }

    /** After a kill -9 of the hub its database keeps running and holds the directory: it is stopped first. */
    private void endThoseBefore() throws IOException {
        Optional<ProcessHandle> orphan = postmaster();
        if (orphan.isPresent()) {
            log.warn(
                    "A database from an earlier run (pid {}) still holds {}; stopping it",
                    orphan.get().pid(),
                    directory);
            orphan.get().destroy();
            if (!isGone(orphan.get())) {
                orphan.get().destroyForcibly();
            }
        }
        endThoseWithoutServer();
        Files.deleteIfExists(pidFile());
        Files.deleteIfExists(directory.resolve(
                "epg-lock")); // a failed attempt still holds it; the folder's own lock is the one that counts
    }

    /** Ends processes left by a killed server; while one of them can write, no new server may start. */
    private void endThoseWithoutServer() throws IOException {
        if (!Files.exists(binaries)) {
            return;
        }
        String ours = binaries.toRealPath() + "/";
        for (ProcessHandle left : ProcessHandle.allProcesses()
                .filter(process -> process.info().command().orElse("").startsWith(ours))
                .toList()) {
            if (!isGone(left)) {
                left.destroyForcibly();
                if (!isGone(left)) {
                    throw new IOException("Process " + left.pid() + " of an earlier database does not terminate");
                }
            }
        }
    }

    private static boolean isGone(ProcessHandle process) {
        try {
            process.onExit().get(LAST_WORDS.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            return !process.isAlive();
        }
    }

    private Path pidFile() {
        return directory.resolve("postmaster.pid");
    }

    private Optional<ProcessHandle> postmaster() throws IOException {
        if (!Files.exists(pidFile())) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(pidFile());
        return lines.isEmpty() || !lines.getFirst().strip().matches("\\d{1,10}")
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(lines.getFirst().strip()))
                        .filter(process -> process.info().command().orElse("").contains("postgres"));
    }
}
