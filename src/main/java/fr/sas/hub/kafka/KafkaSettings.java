package fr.sas.hub.kafka;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.kafka}, with {@code hub.news: kafka}.
 *
 * @param brokers some of the brokers, separated by commas
 * @param client properties file as read by Kafka's own tools, for security; its secrets stay in it
 * @param changesTopic topic for consumers: what changed in answers, by subject
 * @param newsTopic topic for the nodes of this hub only
 * @param patience how long brokers may take to confirm before they are considered away
 */
@Validated
@ConfigurationProperties("hub.kafka")
record KafkaSettings(
        @DefaultValue("localhost:9092") @NotBlank String brokers,
        @Nullable Path client,
        @DefaultValue("sas-hub-changes") @NotBlank String changesTopic,
        @DefaultValue("sas-hub-news") @NotBlank String newsTopic,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 500) @DurationMax(minutes = 1)
        Duration patience) {

    String topic(KafkaTopic topic) {
        return switch (topic) {
            case CHANGES -> changesTopic;
            case NEWS -> newsTopic;
        };
    }
}
