package fr.sas.hub.appointment;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.appointment}.
 *
 * @param kept how long an appointment is remembered after its end; later declarations create a new one
 */
@Validated
@ConfigurationProperties("hub.appointment")
record AppointmentSettings(
        @DefaultValue("90d") @NotNull @DurationMin(days = 1) Duration kept) {}
