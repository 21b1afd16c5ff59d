package fr.sas.hub.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.test.context.TestPropertySource;

/** Beside {@link HubTest}: the hub's nodes hear of each other by a real Kafka, and its changes are published there. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@UsesKafka
@TestPropertySource(
        properties = {
            "hub.news=kafka",
            "hub.kafka.brokers=" + TestKafka.ADDRESS,
            "hub.kafka.patience=3s",
            "hub.index.listen-again-every=1s",
            "spring.datasource.hikari.maximum-pool-size=12"
        })
public @interface KafkaHub {}
