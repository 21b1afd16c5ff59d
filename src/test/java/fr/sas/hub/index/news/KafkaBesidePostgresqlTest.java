package fr.sas.hub.index.news;

import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.Node;
import fr.sas.hub.testing.TestKafka;
import fr.sas.hub.testing.UsesKafka;
import org.springframework.test.context.TestPropertySource;

/** A node that hears by Kafka is added to one that listens at the database. */
@HubTest
@UsesKafka
@TestPropertySource(properties = {"hub.news=postgresql", "hub.index.listen-again-every=1h"})
class KafkaBesidePostgresqlTest extends NodesOfBothKinds {

    @Override
    Node.Setup otherwise(Node.Setup added) {
        return added.with(
                "hub.news=kafka",
                "hub.kafka.brokers=" + TestKafka.address(),
                "hub.kafka.changes-topic=" + TestKafka.OTHER_CHANGES,
                "hub.kafka.patience=3s",
                "spring.datasource.hikari.maximum-pool-size=12");
    }
}
