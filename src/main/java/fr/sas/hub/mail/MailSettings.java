package fr.sas.hub.mail;

import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The sender of mails, and where their links lead; the mail server is {@code spring.mail.*}.
 *
 * @param from address of the sender
 * @param fromName displayed with it
 * @param pages public address of the front page; null: that of {@code hub.search.base-url}
 */
@Validated
@ConfigurationProperties("hub.mail")
record MailSettings(
        @DefaultValue("nepasrepondre@sante.fr") @Email @NotNull
        String from,

        @DefaultValue("Santé.fr") @NotNull String fromName,
        @Nullable URI pages) {}
