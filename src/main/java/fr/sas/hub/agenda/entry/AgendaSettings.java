package fr.sas.hub.agenda.entry;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param horizon how far ahead agendas are searchable; later entries are kept and come in by themselves
 * @param refreshAfter an agenda with something to come is told to the index again after this time at the latest, so that
 *     a place's new address or phone arrives
 */
@Validated
@ConfigurationProperties("hub.agenda")
public record AgendaSettings(
        @DefaultValue("31d") @NotNull Duration horizon,
        @DefaultValue("1d") @NotNull Duration refreshAfter) {}
