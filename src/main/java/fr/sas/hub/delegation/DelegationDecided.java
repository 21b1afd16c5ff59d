package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.mail.Mail;
import fr.sas.hub.slot.Subject;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An account manager accepted or refused a request for a delegate. Published within the transaction of the decision.
 *
 * @param subject who made the request
 * @param asker their name
 * @param delegate name of the delegate
 * @param refusal why it was refused; null if it was accepted
 */
public record DelegationDecided(
        UUID id,
        Subject subject,
        String asker,
        String delegate,
        @Nullable String refusal) {

    /** The mail that announces it. @param name of the addressee */
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
