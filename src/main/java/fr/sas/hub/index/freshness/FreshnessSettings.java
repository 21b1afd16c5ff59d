package fr.sas.hub.index.freshness;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a vendor's data is trusted.
 *
 * @param unverifiedAfter after which its slots are tagged {@code unverified}
 * @param hiddenAfter after which its slots are no longer shown
 */
@ConfigurationProperties("hub.freshness")
public record FreshnessSettings(
        @DefaultValue("5m") Duration unverifiedAfter,
        @DefaultValue("20m") Duration hiddenAfter) {
    public FreshnessSettings {
        if (unverifiedAfter.isNegative() || hiddenAfter.compareTo(unverifiedAfter) < 0) {
            throw new IllegalArgumentException("hub.freshness: hidden-after must not be shorter than unverified-after");
        }
    }
}
