package fr.sas.hub.intake;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Period;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.intake}.
 *
 * @param validateSample one of so many live deliveries is validated against the profiles; 0: none. Trial vendors' always are
 * @param rejectionsPerDelivery how many rejections of one delivery are kept whole; all are counted
 * @param rejectionsKept how long rejections and their counts are kept, in whole days
 */
@Validated
@ConfigurationProperties("hub.intake")
record IntakeSettings(
        @DefaultValue("200") @Min(0) int validateSample,
        @DefaultValue("200") @Min(1) @Max(10_000) int rejectionsPerDelivery,
        @DefaultValue("30d") @NotNull Period rejectionsKept) {}
