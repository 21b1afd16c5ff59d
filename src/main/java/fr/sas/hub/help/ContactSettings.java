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
 * @param addressees whom a mail tells of a request; the closest one counts, nobody where none fits
 * @param freeRequests that one address of the network may send; one more each minute
 * @param kept how long requests are remembered after the last word on them, with all that is attached; open ones stay
 */
@Validated
@ConfigurationProperties("hub.contact")
record ContactSettings(
        @Valid List<Addressee> addressees,
        @DefaultValue("10") @Min(1) int freeRequests,

        @DefaultValue("365d") @NotNull @DurationMin(days = 1)
        Duration kept) {

    @SuppressWarnings("NullAway") // Spring binds no list where none is set
    ContactSettings {
        addressees = addressees == null ? List.of() : List.copyOf(addressees);
    }

    /**
     * Whom a mail tells.
     *
     * @param topic word of « Votre demande concerne »; null: any
     * @param territory number of a département; null: any
     */
    record Addressee(
            @Nullable String topic,
            @Nullable String territory,
            @NotNull String email) {}
}
