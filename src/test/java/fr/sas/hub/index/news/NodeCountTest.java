package fr.sas.hub.index.news;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.StoppableDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class NodeCountTest {

    @Test
    void a_node_counts_for_as_long_as_it_listens_by_whatever_it_hears() throws SQLException {
        try (StoppableDatabase database = new StoppableDatabase()) {
            DriverManagerDataSource source = new DriverManagerDataSource(database.address());
            NodeCount nodes = new NodeCount(JdbcClient.create(source));
            assertThat(nodes.listening()).isZero();

            try (Connection here = source.getConnection();
                    Connection there = source.getConnection();
                    Connection earlier = source.getConnection();
                    Statement statement = earlier.createStatement()) {
                node(ListeningNodes.NewsChannel.POSTGRESQL).joinedBy(here);
                node(ListeningNodes.NewsChannel.KAFKA).joinedBy(there);
                assertThat(nodes.listening()).isEqualTo(2);

                statement.execute(ListenedNews.LISTEN);
                assertThat(nodes.listening())
                        .as("one of a release that does not say so")
                        .isEqualTo(3);
            }
        }
    }

    private static ListeningNodes node(ListeningNodes.NewsChannel channel) {
        return new ListeningNodes(channel, Duration.ofSeconds(1));
    }
}
