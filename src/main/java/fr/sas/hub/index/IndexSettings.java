package fr.sas.hub.index;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.index}.
 *
 * @param changesKept how long the change log is kept; days are dropped whole
 * @param bookingsOutlast how long after a booking its vendor's answers are disbelieved if they still contain the
 *     slot
 * @param listenAgainEvery how often a node verifies the connection on which it receives changes from other nodes,
 *     and how long it waits for the result: it may miss changes for twice as long before it notices
 * @param memoryOutlasts while the database is silent: for how long after last hearing from the other nodes a node
 *     answers from memory
 */
@Validated
@ConfigurationProperties("hub.index")
record IndexSettings(
        @DefaultValue("30d") @NotNull @DurationMin(days = 1) Duration changesKept,
        @DefaultValue("1m") @NotNull @DurationMin Duration bookingsOutlast,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration listenAgainEvery,

        @DefaultValue("1m") @NotNull @DurationMin Duration memoryOutlasts) {}
