package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.testing.Beside;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first new node migrates while somebody reads for long, such as a backup (docs/upgrade.md). */
class MigrationBesideReadersTest {

    /** The next script changes {@code help_request}. */
    private static final String RELEASED = "190";

    private static final String READ = "SELECT count(*) FROM help_request";

    private final String database = TestDatabase.fresh();

    @TempDir
    Path connectors;

    @Test
    void whoever_reads_a_table_does_not_wait_for_the_backup_that_its_migration_waits_for() throws SQLException {
        Flyway.configure()
                .dataSource(database, "postgres", "")
                .target(RELEASED)
                .outOfOrder(true)
                .load()
                .migrate();
        CompletableFuture<Node> starting;
        try (Connection backup = connection();
                Connection people = connection()) {
            backup.setAutoCommit(false);
            read(backup);
            starting = Beside.supply(() -> Node.on(database, connectors).start());
            await().until(() -> isWaitedFor(people));

            try (Statement statement = people.createStatement()) {
                statement.execute("SET statement_timeout = '15s'");
            }
            read(people);

            assertThat(starting).isNotDone();
            await("the next attempt").until(() -> isWaitedFor(people));
            backup.rollback();
        }
        try (Node node = starting.join();
                Connection later = connection();
                Statement statement = later.createStatement()) {
            assertThat(node.client()
                            .as("test-ops")
                            .get("/actuator/health/readiness")
                            .statusCode())
                    .isEqualTo(200);
            statement.execute("SELECT sent_as FROM help_request");
        }
    }

    /** The older node holds a table that the migration comes to later, and asks for one that it has already changed. */
    @Test
    void a_migration_that_is_given_up_for_a_deadlock_with_an_older_node_is_tried_again(@TempDir Path scripts)
            throws Exception {
        Files.writeString(
                scripts.resolve("V1__two_tables.sql"), "CREATE TABLE first_one (); CREATE TABLE help_request ();");
        Files.writeString(
                scripts.resolve("V2__both.sql"),
                "ALTER TABLE first_one ADD sent_as text; ALTER TABLE help_request ADD sent_as text;");
        FluentConfiguration migrations = Flyway.configure()
                .dataSource(database, "postgres", "")
                .locations("filesystem:" + scripts)
                .callbacks(new MigrationLocks().migrationWaitsBriefly());
        migrations.target("1").load().migrate();
        CompletableFuture<Void> migrating;
        try (Connection older = connection();
                Connection watch = connection();
                Statement statement = older.createStatement()) {
            statement.execute("SET deadlock_timeout = '10min'");
            older.setAutoCommit(false);
            read(older);
            migrating = Beside.run(
                    () -> MigrationLocks.migrate(migrations.target("2").load()));
            await().until(() -> isWaitedFor(watch));

            statement.execute("SELECT count(*) FROM first_one");

            assertThat(migrating).isNotDone();
            older.rollback();
        }
        migrating.join();
        try (Connection later = connection();
                Statement statement = later.createStatement()) {
            statement.execute("SELECT sent_as FROM help_request");
        }
    }

    private Connection connection() throws SQLException {
        return DriverManager.getConnection(database, "postgres", "");
    }

    private static void read(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(READ);
        }
    }

    private static boolean isWaitedFor(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND relation = 'help_request'::regclass"
                                + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))")) {
            return row.next() && row.getBoolean(1);
        }
    }
}
