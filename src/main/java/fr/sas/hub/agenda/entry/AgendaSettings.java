package fr.sas.hub.agenda.entry;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.agenda}.
 *
 * @param horizon how far ahead agendas can be searched; later entries are kept and appear in time
 * @param refreshAfter an agenda with something to come is published to the index again after this time at the latest,
 *     so that a place's new address or phone number is shown
 */
@Validated
@ConfigurationProperties("hub.agenda")
public record AgendaSettings(
        @DefaultValue("31d") @NotNull Duration horizon,
        @DefaultValue("1d") @NotNull Duration refreshAfter) {}
