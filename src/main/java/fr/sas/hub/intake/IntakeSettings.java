package fr.sas.hub.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.intake}.
 *
 * @param validateEvery how often one delivery of each live vendor is validated against the profiles; those of
 *     vendors on trial always are
 * @param countEvery how often counts held in memory are written
 * @param rejectionsPerDelivery how many rejections of one delivery are stored in full; all are counted
 * @param rejectionsKept how long rejections and their counts are kept, in whole days
 */
@Validated
@ConfigurationProperties("hub.intake")
record IntakeSettings(
        @DefaultValue("1h") @NotNull Duration validateEvery,
        @DefaultValue("5s") @NotNull Duration countEvery,
        @DefaultValue("200") @Min(1) @Max(10_000) int rejectionsPerDelivery,
        @DefaultValue("30d") @NotNull Period rejectionsKept) {}
