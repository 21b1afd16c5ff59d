package fr.sas.hub.access;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An e-mail address that identifies a person, in lower case: no provider in use distinguishes addresses by case. ASCII,
 * with a domain that contains a dot.
 */
public record EmailAddress(
        @Email @Size(max = 254) @Pattern(regexp = "[\\x21-\\x7E&&[^A-Z@]]+@[a-z0-9.-]+\\.[a-z0-9-]+")
        String value) {

    /** The message for an invalid address. */
    public static final Wording RULE = new Wording(
            "is an e-mail address such as alice.durand@exemple.fr",
            "Indiquez une adresse électronique, par exemple alice.durand@exemple.fr.",
            "Enter an e-mail address, for example alice.durand@exemple.fr.");

    private static final Validator VALIDATOR =
            Validation.buildDefaultValidatorFactory().getValidator();

    public EmailAddress {
        if (!isAddress(value)) {
            throw new IllegalArgumentException("Not a lower-case e-mail address: " + value);
        }
    }

    /** Empty when it is not an address. */
    public static Optional<EmailAddress> parse(@Nullable String text) {
        return Optional.ofNullable(text)
                .map(typed -> typed.strip().toLowerCase(Locale.ROOT))
                .filter(EmailAddress::isAddress)
                .map(EmailAddress::new);
    }

    private static boolean isAddress(String text) {
        return VALIDATOR.validateValue(EmailAddress.class, "value", text).isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }
}
