package fr.sas.hub.index;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a vendor's word is trusted.
 *
 * @param unverifiedAfter its slots are then tagged {@code unverified}
 * @param hiddenAfter its slots are then not shown any more
 */
@ConfigurationProperties("hub.freshness")
record FreshnessSettings(
        @DefaultValue("5m") Duration unverifiedAfter,
        @DefaultValue("20m") Duration hiddenAfter) {
    FreshnessSettings {
        if (unverifiedAfter.isNegative() || hiddenAfter.compareTo(unverifiedAfter) < 0) {
            throw new IllegalArgumentException("hub.freshness: hidden-after is not shorter than unverified-after");
        }
    }
}
