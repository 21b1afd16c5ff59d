package fr.sas.hub.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import fr.sas.hub.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class DatabasePulseTest {

    private static final int CONNECTIONS = 2;
    private static final String PULSE = "SELECT " + DatabaseRun.NAME + " AS run";
    /** Role of a server that all tests share. */
    private static final String LIMITED = "pulse_of_few_connections";

    @Test
    void while_the_server_has_no_connection_left_for_it_the_pulse_uses_one_of_the_pool() throws SQLException {
        String address = TestDatabase.fresh();
        JdbcTemplate server = new JdbcTemplate(new DriverManagerDataSource(address));
        server.execute("CREATE ROLE " + LIMITED + " LOGIN");
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(address.replace("user=postgres", "user=" + LIMITED));
            pool.setMaximumPoolSize(CONNECTIONS);
            pool.getConnection().close(); // begins the pool
            DatabasePulse pulse = new DatabasePulse(new LentConnections(pool), new SimpleMeterRegistry());
            pulse.start();
            await().until(() -> all(server) == CONNECTIONS + 1 && pulses(server).size() == 1);
            Integer own = pulses(server).getFirst();

            server.execute("ALTER ROLE " + LIMITED + " CONNECTION LIMIT " + CONNECTIONS);
            server.queryForObject("SELECT pg_terminate_backend(?)", Boolean.class, own);

            await().until(() -> pulses(server).stream().anyMatch(one -> !one.equals(own)));
            await().until(() -> !pulse.isSilent());
            pulse.stop();
        }
    }

    @Test
    void the_address_of_the_pool_cannot_give_the_pulse_more_patience() throws SQLException {
        String address = TestDatabase.fresh();

        for (String patient : List.of(address, address + "&socketTimeout=300", address.replaceFirst("\\?.*", ""))) {
            try (Connection connection = DriverManager.getConnection(DatabasePulse.limited(patient), "postgres", "")) {
                assertThat(connection.getNetworkTimeout()).as(patient).isEqualTo(5_000);
            }
        }
    }

    private static int all(JdbcTemplate server) {
        Integer all = server.queryForObject(
                "SELECT count(*) FROM pg_stat_activity WHERE usename = ?", Integer.class, LIMITED);
        return all == null ? 0 : all;
    }

    /** Numbers of the server's processes that the pulse has asked last. */
    private static List<Integer> pulses(JdbcTemplate server) {
        return server.queryForList(
                "SELECT pid FROM pg_stat_activity WHERE usename = ? AND query = ?", Integer.class, LIMITED, PULSE);
    }
}
