package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database lets in only those who know its password, and outlives being killed. */
class EmbeddedServerTest {

    @TempDir
    Path folder;

    /** As everywhere in this run of tests: its binaries lie somewhere else. */
    @BeforeAll
    static void another_database_runs_in_the_same_program() {
        TestDatabase.fresh();
    }

    private EmbeddedServer start() throws IOException {
        return EmbeddedServer.start(folder.resolve("data"), Duration.ofSeconds(20), () -> {
            throw new AssertionError("given up");
        });
    }

    private static Connection enter(EmbeddedServer server, String password) throws SQLException {
        return DriverManager.getConnection(server.address(), EmbeddedServer.USER, password);
    }

    private static void write(EmbeddedServer server, String sql) throws SQLException {
        try (Connection connection = enter(server, server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int rows(EmbeddedServer server) throws SQLException {
        try (Connection connection = enter(server, server.password());
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM kept")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("data").resolve(name)));
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readAllLines(folder.resolve("data/postgres/postmaster.pid"))
                .getFirst()
                .strip());
    }

    private static void assertThatNobodyEntersWithout(EmbeddedServer server) {
        for (String guess : new String[] {"", "postgres", "trust"}) {
            assertThatThrownBy(() -> enter(server, guess).close())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void nobody_enters_without_the_password_which_only_the_hub_reads() throws Exception {
        try (EmbeddedServer server = start()) {
            assertThatNobodyEntersWithout(server);
            write(server, "CREATE TABLE kept AS SELECT 1");
            assertThat(permissions("")).isEqualTo("rwx------");
            assertThat(permissions("postgres")).isEqualTo("rwx------");
            assertThat(permissions("postgres-password")).isEqualTo("rw-------");
            assertThat(Files.readString(folder.resolve("data/postgres-password"))
                            .strip())
                    .isEqualTo(server.password())
                    .hasSize(48);
            int port = Integer.parseInt(server.address().replaceAll(".*:(\\d+)/.*", "$1"));
            assertThat(Path.of("/tmp/.s.PGSQL." + port)).doesNotExist();
            try (Connection connection = enter(server, server.password());
                    var statement = connection.createStatement();
                    var said = statement.executeQuery("SHOW listen_addresses")) {
                said.next();
                assertThat(said.getString(1)).isEqualTo("localhost");
            }
        }
    }

    @Test
    void a_data_folder_that_let_everybody_in_is_kept_and_closed() throws Exception {
        Files.createDirectory(
                folder.resolve("data"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (EmbeddedPostgres open = EmbeddedPostgres.builder()
                        .setDataDirectory(folder.resolve("data/postgres"))
                        .setOverrideWorkingDirectory(
                                folder.resolve("data/postgres-binaries").toFile())
                        .setCleanDataDirectory(false)
                        .start();
                Connection connection = DriverManager.getConnection(open.getJdbcUrl("postgres", "postgres"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE kept AS SELECT 1");
        }

        String password;
        try (EmbeddedServer server = start()) {
            assertThat(rows(server)).isEqualTo(1);
            assertThatNobodyEntersWithout(server);
            assertThat(permissions("")).isEqualTo("rwx------");
            password = server.password();
        }
        try (EmbeddedServer again = start()) {
            assertThat(again.password()).isEqualTo(password);
            assertThat(rows(again)).isEqualTo(1);
        }
        Files.delete(folder.resolve("data/postgres-password"));
        try (EmbeddedServer forgotten = start()) {
            assertThat(forgotten.password()).isNotEqualTo(password);
            assertThat(rows(forgotten)).as("a lost password is replaced").isEqualTo(1);
        }
    }

    @Test
    void a_server_that_is_killed_is_there_again_at_the_same_address_with_all_that_was_committed() throws Exception {
        try (EmbeddedServer server = start()) {
            String address = server.address();
            write(server, "CREATE TABLE kept AS SELECT 1");
            long killed = pid();

            ProcessHandle.of(killed).orElseThrow().destroyForcibly();

            await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() -> pid() != killed && rows(server) == 1);
            assertThat(server.address()).isEqualTo(address);
            assertThatNobodyEntersWithout(server);
        }
    }

    @Test
    void a_server_that_cannot_be_started_again_is_given_up_aloud() throws Exception {
        AtomicBoolean givenUp = new AtomicBoolean();
        try (EmbeddedServer server =
                EmbeddedServer.start(folder.resolve("data"), Duration.ofSeconds(4), () -> givenUp.set(true))) {
            ProcessHandle postmaster = ProcessHandle.of(pid()).orElseThrow();
            Files.delete(folder.resolve("data/postgres/PG_VERSION"));

            postmaster.destroyForcibly();

            await().atMost(Duration.ofSeconds(60)).untilTrue(givenUp);
        }
    }
}
