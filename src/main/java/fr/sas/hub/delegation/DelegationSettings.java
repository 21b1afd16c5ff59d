package fr.sas.hub.delegation;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.delegation}.
 *
 * @param endedKept how long refused and revoked delegations are listed; the delegate's names are then deleted
 */
@Validated
@ConfigurationProperties("hub.delegation")
record DelegationSettings(
        @DefaultValue("365d") @NotNull @DurationMin(days = 1)
        Duration endedKept) {}
