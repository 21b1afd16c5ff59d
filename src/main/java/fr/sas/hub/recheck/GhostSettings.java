package fr.sas.hub.recheck;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.ghosts}: shown slots that are gone.
 *
 * @param samplesPerMinute so many slots are asked about of each vendor; 0: none
 * @param window over which the share is counted; without a new sample for so long, nothing counts any more
 * @param atLeast so many samples before anybody is judged
 * @param threshold share above which a vendor is doubted; it is trusted again below half of it
 * @param revalidateWithin what {@code $revalidate} may take, before it says that nobody knows
 * @param believeFor an answer as fresh as this is not asked for again
 */
@ConfigurationProperties("hub.ghosts")
record GhostSettings(
        @DefaultValue("4") int samplesPerMinute,
        @DefaultValue("30m") Duration window,
        @DefaultValue("10") int atLeast,
        @DefaultValue("0.2") double threshold,
        @DefaultValue("900ms") Duration revalidateWithin,
        @DefaultValue("2s") Duration believeFor) {
    GhostSettings {
        if (samplesPerMinute < 0 || atLeast < 1 || threshold <= 0 || threshold > 1) {
            throw new IllegalArgumentException(
                    "hub.ghosts: samples-per-minute is not negative, at-least not below 1, threshold above 0 and at most 1");
        }
    }
}
