package fr.sas.hub.index.news;

import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.testing.UsesKafka;
import org.springframework.test.context.TestPropertySource;

/** A node that listens at the database is added to one that hears by Kafka. */
@HubTest
@UsesKafka
@TestPropertySource(
        properties = {
            "hub.news=kafka",
            "hub.kafka.brokers=" + TestKafka.ADDRESS,
            "hub.kafka.changes-topic=" + TestKafka.OTHER_CHANGES,
            "hub.kafka.patience=3s",
            "hub.index.listen-again-every=1h",
            "spring.datasource.hikari.maximum-pool-size=12"
        })
class PostgresqlBesideKafkaTest extends NodesOfBothKinds {

    @Override
    Node.Setup otherwise(Node.Setup added) {
        return added.with("hub.news=postgresql");
    }
}
