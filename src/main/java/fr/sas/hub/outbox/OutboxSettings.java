package fr.sas.hub.outbox;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How what leaves the hub is tried again.
 *
 * @param atOnce letters under way to one destination, on each node
 * @param firstBackOff after a first failure; doubles with each further one, up to half of it left to chance
 * @param longestBackOff between two attempts, unless the receiver asks for more
 * @param claim how long a node has a letter for itself; a killed node's letters come back after it
 * @param giveUpAfter a letter whose attempts have failed for so long is laid aside as dead
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
