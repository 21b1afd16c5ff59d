package fr.sas.hub.help;

import fr.sas.hub.access.EmailAddress;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request sent through the contact form.
 *
 * @param phone as it was entered
 * @param page the page of the hub that the sender came from; null if there is none
 * @param account of the sender; null if they were not signed in
 * @param language {@code fr} or {@code en}, in which they read the form
 * @param addressee who was notified by mail; null if nobody was
 * @param attachments number of attached files
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

    /** Its state. */
    public enum State {
        OPEN,
        ANSWERED,
        CLOSED
    }

    /** Its number as shown to people, such as {@code SAS-000042}. */
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
