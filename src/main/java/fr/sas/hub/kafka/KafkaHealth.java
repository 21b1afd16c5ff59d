package fr.sas.hub.kafka;

import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Whether Kafka accepts what this node sends, and lets it read. Never a reason to take a node out of service: searches are
 * correct without Kafka.
 */
@Component("kafkaHealthIndicator")
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
class KafkaHealth implements HealthIndicator {

    private final KafkaLine line;

    KafkaHealth(KafkaLine line) {
        this.line = line;
    }

    @Override
    public Health health() {
        String trouble = line.trouble();
        return trouble == null
                ? Health.up().build()
                : Health.status(new Status("WARN"))
                        .withDetail(
                                "reason",
                                "Kafka does not confirm what this node sends, or this node cannot read from it: nodes read"
                                        + " each other's changes from the database, consumers of the topic may wait,"
                                        + " nothing is lost")
                        .withDetail("trouble", trouble)
                        .build();
    }
}
