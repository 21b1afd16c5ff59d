package fr.sas.hub.index.news;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.index}, as far as it is about news.
 *
 * @param listenAgainEvery how often a node verifies the connection on which it receives changes from other nodes,
 *     and how long it waits for the result: it may miss changes for twice as long before it notices
 * @param memoryOutlasts while the database is silent: for how long after last hearing from the other nodes a node
 *     answers from memory
 */
@Validated
@ConfigurationProperties("hub.index")
record IndexNewsSettings(
        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration listenAgainEvery,

        @DefaultValue("1m") @NotNull @DurationMin Duration memoryOutlasts) {}
