package fr.sas.hub.recheck;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.ghosts}: shown slots that are gone.
 *
 * @param samplesPerMinute slots of each vendor to check per minute; 0 for none
 * @param window over which the share is computed; after this long without a new sample, nothing counts any longer
 * @param atLeast the number of samples required before a vendor is judged
 * @param threshold share above which a vendor is doubted; it is trusted again below half of it
 * @param revalidateWithin the time {@code $revalidate} may take before it answers unknown
 * @param believeFor an answer no older than this is not requested again
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
                    "hub.ghosts: samples-per-minute must not be negative, at-least must be 1 or more, threshold must "
                            + "be above 0 and at most 1");
        }
    }
}
