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
 * The password of the embedded database, stored in {@code postgres-password} in the data folder for anyone with read
 * access to it (docs/decisions/0045). It is set before the database accepts connections, even for one created without a
 * password.
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

    /** The stored password; a new one when there is none. */
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

    /** Call when the database exists and is not running. */
    void closeDoors(Path directory, Path binaries) {
        try {
            write(directory.resolve("pg_hba.conf"), DOORS);
            if (!Files.exists(file)) {
                setIn(directory, binaries);
                write(file, value + "\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Uses single-user mode, so that at no moment can anyone else connect. */
    private void setIn(Path directory, Path binaries) throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            command.addAll(List.of("unshare", "-U")); // PostgreSQL refuses to run as root
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
                throw new IOException("The password of the embedded database could not be set: "
                        + said.replace(value, "…").strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The hub is stopping", e);
        }
    }

    /** From the release unpacked last. */
    private static Path postgresOf(Path binaries) throws IOException {
        try (Stream<Path> releases = Files.list(binaries)) {
            return releases.filter(release -> Files.isExecutable(release.resolve("bin/postgres")))
                    .max(Comparator.comparing(release -> release.toFile().lastModified()))
                    .orElseThrow(() -> new IOException("No PostgreSQL in " + binaries))
                    .resolve("bin/postgres");
        }
    }

    /** Atomic, and readable by the owner only. */
    private static void write(Path file, String text) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(next);
        DataFolder.createOwnFile(next);
        Files.writeString(next, text);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
