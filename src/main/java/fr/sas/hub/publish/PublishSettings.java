package fr.sas.hub.publish;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the publication is made; nothing is made while nobody asks for it.
 *
 * @param every how often a new edition is made while somebody asks for them
 * @param inDemandFor how long that continues after the last request for a manifest
 * @param patience how long a request waits for an edition that is new enough, before it gets 503
 * @param kept how long an edition's files can be read after a newer one was made
 * @param sendingWithin how long a reader may take for a file
 * @param atOnce files that a node sends at the same time; further requests get 429
 */
@ConfigurationProperties("hub.publish")
record PublishSettings(
        @DefaultValue("1m") Duration every,
        @DefaultValue("15m") Duration inDemandFor,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("2h") Duration kept,
        @DefaultValue("10m") Duration sendingWithin,
        @DefaultValue("8") int atOnce) {

    /** An edition that has not been checked for this long is no longer handed out: nobody had asked for a while. */
    Duration newEnough() {
        return every.multipliedBy(5);
    }
}
