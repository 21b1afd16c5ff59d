package fr.sas.hub.help;

import fr.sas.hub.access.EmailAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked by the contact form.
 *
 * @param phone as it was typed
 * @param page the address of ours that they came from; null: none
 * @param account of who was signed in; null: nobody was
 * @param language {@code fr} or {@code en}, in which they read the form
 * @param addressee whom a mail told of it; null: nobody
 * @param attachments how many files came with it
 */
public record HelpRequest(
        long number,
        Instant askedAt,
        AskerRole role,
        RequestTopic topic,
        String family,
        String given,
        String phone,
        EmailAddress email,
        Departement territory,
        String message,
        @Nullable String page,
        @Nullable UUID account,
        String language,
        @Nullable EmailAddress addressee,
        State state,
        int attachments) {

    /** Where it stands. */
    public enum State {
        OPEN,
        ANSWERED,
        CLOSED
    }

    /** As people name it, such as {@code SAS-000042}. */
    public String reference() {
        return reference(number);
    }

    static String reference(long number) {
        return String.format(Locale.ROOT, "SAS-%06d", number);
    }

    public String name() {
        return given + " " + family;
    }
}
