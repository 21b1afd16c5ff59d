package fr.sas.hub.changes;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMax;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.changes}.
 *
 * @param kept how long removals are remembered, in whole days: a consumer that was away for longer starts over. Changes
 *     are also written for this long after somebody last asked for them, and no longer
 * @param longestWait longest wait of a request for changes
 * @param waitingAtMost requests that may wait on one node at a time, streams included
 * @param lease how long a killed node still counts as the writer
 * @param beginsWithin how long a consumer that asks where to start waits until a writer has scanned every subject; 503 after
 *     that
 */
@Validated
@ConfigurationProperties("hub.changes")
record ChangesSettings(
        @DefaultValue("7d") @NotNull @DurationMin(days = 1) Duration kept,

        @DefaultValue("60s") @NotNull @DurationMin @DurationMax(minutes = 10)
        Duration longestWait,

        @DefaultValue("500") @Min(1) @Max(100_000) int waitingAtMost,

        @DefaultValue("5s") @NotNull @DurationMin(seconds = 1)
        Duration lease,

        @DefaultValue("10s") @NotNull @DurationMin @DurationMax(minutes = 1)
        Duration beginsWithin) {}
