package fr.sas.hub.history;

import jakarta.validation.constraints.NotNull;
import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.history}.
 *
 * @param kept how long changes are kept; a month is dropped as a whole, once all of it is older
 */
@Validated
@ConfigurationProperties("hub.history")
record HistorySettings(@DefaultValue("3y") @NotNull Period kept) {
    HistorySettings {
        if (kept.toTotalMonths() < 1) {
            throw new IllegalArgumentException("hub.history.kept must be at least a month, such as 3y or 18m: " + kept);
        }
    }
}
