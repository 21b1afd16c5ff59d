package fr.sas.hub.help;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.List;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * {@code hub.contact}: the contact form.
 *
 * @param addressees who is notified of a request by mail; the most specific match applies, nobody if none matches
 * @param freeRequests how many one IP address may send at once; one more each minute
 * @param kept how long requests are kept after the last action on them, with their attachments; open ones are not
 *     deleted
 */
@Validated
@ConfigurationProperties("hub.contact")
record ContactSettings(
        @Valid List<Addressee> addressees,
        @DefaultValue("10") @Min(1) int freeRequests,

        @DefaultValue("365d") @NotNull @DurationMin(days = 1)
        Duration kept) {

    @SuppressWarnings("NullAway") // Spring passes null if no list is set
    ContactSettings {
        addressees = addressees == null ? List.of() : List.copyOf(addressees);
    }

    /**
     * Who is notified by mail.
     *
     * @param topic code of « Votre demande concerne »; null for any
     * @param territory number of a département; null for any
     */
    record Addressee(
            @Nullable String topic,
            @Nullable String territory,
            @NotNull String email) {}
}
