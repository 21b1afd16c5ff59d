package fr.sas.hub.index;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.index}.
 *
 * @param changesKept how long the change log is kept; days are dropped whole
 * @param bookingsOutlast how long after a booking its vendor's answers are disbelieved if they still contain the
 *     slot
 */
@Validated
@ConfigurationProperties("hub.index")
record IndexSettings(
        @DefaultValue("30d") @NotNull @DurationMin(days = 1) Duration changesKept,
        @DefaultValue("1m") @NotNull @DurationMin Duration bookingsOutlast) {}
