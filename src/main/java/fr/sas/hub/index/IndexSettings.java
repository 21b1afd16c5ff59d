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
 * @param changesKept how long the change log is kept; a day is dropped whole
 * @param bookingsOutlast how long after a booking its own vendor's answers are not believed that still bring the slot
 * @param listenAgainEvery how often a node proves that the connection lives on which it hears other nodes, and how long it
 *     waits for that: it may be deaf for twice as long, and knows it then
 */
@Validated
@ConfigurationProperties("hub.index")
record IndexSettings(
        @DefaultValue("30d") @NotNull @DurationMin(days = 1) Duration changesKept,
        @DefaultValue("1m") @NotNull @DurationMin Duration bookingsOutlast,

        @DefaultValue("5s") @NotNull @DurationMin(millis = 100) @DurationMax(hours = 1)
        Duration listenAgainEvery) {}
