package fr.sas.hub.database;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * The password of the embedded database, kept in {@code postgres-password} of the data folder for whoever may read there
 * (docs/decisions/0045). The database is told before it serves anybody, also one that was made without a password.
 */
final class DatabasePassword {

    private static final int BYTES = 24;
    private static final String DOORS = """
            # Written by the hub at each start (docs/decisions/0045): over TCP from this machine, with the password.
            host all all 127.0.0.1/32 scram-sha-256
            host all all ::1/128 scram-sha-256
            local all all scram-sha-256
            """;

    private final Path file;
    private final String value;

    private DatabasePassword(Path file, String value) {
        this.file = file;
        this.value = value;
    }

    /** As it is kept; a new one when none is. */
    static DatabasePassword in(Path data) throws IOException {
        Path file = data.resolve("postgres-password");
        if (Files.exists(file)) {
            return new DatabasePassword(file, Files.readString(file).strip());
        }
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        return new DatabasePassword(file, HexFormat.of().formatHex(random));
    }

    String value() {
        return value;
    }

    /** The database lies there and does not run. */
    void closeDoors(Path directory, Path binaries) {
        try {
            write(directory.resolve("pg_hba.conf"), DOORS);
            if (!Files.exists(file)) {
                tell(directory, binaries);
                write(file, value + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By its single-user mode: there is no moment at which somebody else could come in. */
    private void tell(Path directory, Path binaries) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL does not run as root
        }
        command.addAll(List.of(postgresOf(binaries).toString(), "--single", "-D", directory.toString(), "postgres"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(("ALTER ROLE " + EmbeddedServer.USER + " PASSWORD '" + value + "'\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0 || said.contains("ERROR:") || said.contains("FATAL:")) {
                throw new IOException("The embedded database could not be told its password: "
                        + said.replace(value, "…").strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The hub is stopping", e);
        }
    }

    /** Of the release that was unpacked last. */
    private static Path postgresOf(Path binaries) throws IOException {
        try (Stream<Path> releases = Files.list(binaries)) {
            return releases.filter(release -> Files.isExecutable(release.resolve("bin/postgres")))
                    .max(Comparator.comparing(release -> release.toFile().lastModified()))
                    .orElseThrow(() -> new IOException("No PostgreSQL in " + binaries))
                    .resolve("bin/postgres");
        }
    }

    /** At once or not at all, and nobody else reads it. */
    private static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        DataFolder.createOwnFile(next);
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
