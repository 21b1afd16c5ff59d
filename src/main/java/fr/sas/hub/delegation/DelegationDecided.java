package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.mail.Mail;
import fr.sas.hub.slot.Subject;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account manager accepted a request for a delegate, or refused it. Told within the transaction that decides.
 *
 * @param subject who asked
 * @param asker their name
 * @param delegate name of the delegate
 * @param refusal why it was refused; null when it was accepted
 */
public record DelegationDecided(
        UUID id,
        Subject subject,
        String asker,
        String delegate,
        @Nullable String refusal) {

    /** What somebody is told of it. @param name of the one who reads it */
    public Mail mail(EmailAddress to, String name) {
        Map<String, String> accepted = Map.of("name", name, "asker", asker, "delegate", delegate);
        return refusal == null
                ? new Mail(to, "delegation-accepted", id.toString(), accepted)
                : new Mail(
                        to,
                        "delegation-refused",
                        id.toString(),
                        Map.of("name", name, "asker", asker, "delegate", delegate, "reason", refusal));
    }
}
