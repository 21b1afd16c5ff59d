package fr.sas.hub.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How outgoing letters are retried.
 *
 * @param atOnce letters in flight to one destination, on each node
 * @param firstBackOff after a first failure; doubles with each further one, up to half of it random
 * @param longestBackOff between two attempts, unless the receiver asks for more
 * @param claim how long a node holds a letter; after it, a killed node's letters are available again
 * @param giveUpAfter a letter whose attempts have failed for this long becomes a dead letter
 * @param keepDead how long dead letters are kept
 * @param worryAfter health warns when a letter waits longer
 */
@ConfigurationProperties("hub.outbox")
record OutboxSettings(
        @DefaultValue("4") int atOnce,
        @DefaultValue("1s") Duration firstBackOff,
        @DefaultValue("5m") Duration longestBackOff,
        @DefaultValue("60s") Duration claim,
        @DefaultValue("7d") Duration giveUpAfter,
        @DefaultValue("90d") Duration keepDead,
        @DefaultValue("15m") Duration worryAfter) {}
