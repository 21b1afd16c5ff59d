package fr.sas.hub.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.outbox.Destination;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.Outbox;
import fr.sas.hub.outbox.SendResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestClientResponseException;

/** Passes changes to accounts on to Keycloak through the outbox, so that nothing is lost while Keycloak is down. */
@Component
public class IdentityLetters {

    private static final Logger log = LoggerFactory.getLogger(IdentityLetters.class);
    private static final Destination DESTINATION = new Destination("keycloak", "tell-the-identity-provider");
    private static final int LONGEST_WORDS = 500;
    private static final ObjectMapper JSON = BoundedJson.storedMapper().build();

    private final Outbox outbox;
    private final KeycloakUsers users;
    private final Accounts accounts;
    private final TransactionTemplate transaction;

    IdentityLetters(Outbox outbox, KeycloakUsers users, Accounts accounts, PlatformTransactionManager transactions) {
        this.outbox = outbox;
        this.users = users;
        this.accounts = accounts;
        this.transaction = new TransactionTemplate(transactions);
    }

    /** Whether a link to set a first password is sent, and whether the address still has to be verified. */
    enum Invitation {
        NONE,
        /** To the first address, or sent again. */
        SENT,
        /** The link in the mail proves that the new address is theirs. */
        TO_NEW_ADDRESS
    }

    private record AccountUpdate(UUID account, KeycloakUsers.KeycloakUserState standing, Invitation invitation) {}

    /**
     * Within the transaction that changes the account. A person without an address is known to Keycloak only through
     * Pro Santé Connect, and a practitioner needs no password.
     *
     * @return whether Keycloak sends the welcome mail, with a link to a first password
     */
    boolean put(AccountView account, Invitation asked) {
        String email = account.email();
        if (!users.isSetUp() || email == null) {
            return false;
        }
        Invitation invitation = account.practitioner() == null ? asked : Invitation.NONE;
        var state = new KeycloakUsers.KeycloakUserState(
                email,
                account.family(),
                account.given(),
                account.closedAt() != null,
                asked == Invitation.TO_NEW_ADDRESS);
        try {
            outbox.put(
                    DESTINATION,
                    account.id().toString(),
                    JSON.writeValueAsString(new AccountUpdate(account.id(), state, invitation)),
                    Outbox.QueuePolicy.EVERY_CHANGE);
            return invitation != Invitation.NONE;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The step of the route {@code tell-the-identity-provider}; a retry repeats all of it. */
    public SendResult send(Letter letter) throws JsonProcessingException {
        AccountUpdate update = JSON.readValue(letter.body(), AccountUpdate.class);
        try {
            String user = userOf(update);
            if (update.invitation() != Invitation.NONE) {
                users.invite(user);
            }
            return SendResult.DELIVERED;
        } catch (HttpClientErrorException.BadRequest | HttpClientErrorException.Conflict e) {
            return new SendResult.Refused(describe(e));
        } catch (RestClientResponseException e) {
            return new SendResult.Failed(describe(e), null);
        } catch (RestClientException e) {
            return new SendResult.Failed(String.valueOf(e.getMessage()), null);
        }
    }

    /**
     * Updates all users of Keycloak that belong to the account and returns the one that has its address: those known by
     * a sign-in, otherwise the one with the address, otherwise a new one. Users that Keycloak no longer knows are
     * forgotten here too.
     */
    private String userOf(AccountUpdate update) {
        List<String> subjects = withTheAddressFirst(subjects(update.account()), update.standing());
        String first = null;
        for (String subject : subjects) {
            try {
                users.update(
                        subject,
                        first == null ? update.standing() : update.standing().besides());
                first = first == null ? subject : first;
            } catch (HttpClientErrorException.NotFound e) {
                if (!saysThatUserIsUnknown(e)) {
                    throw e;
                }
                forget(update.account(), subject);
            }
        }
        if (first != null) {
            return first;
        }
        Optional<String> byAddress = users.findByEmail(update.standing().email());
        byAddress.ifPresent(subject -> users.update(subject, update.standing()));
        String user = byAddress.orElseGet(() -> users.create(update.standing()));
        recordIdentity(update.account(), user);
        return user;
    }

    /** A proxy before Keycloak, or a wrong address, answers 404 too, which says nothing about the user. */
    private static boolean saysThatUserIsUnknown(HttpClientErrorException.NotFound e) {
        return e.getResponseBodyAsString().contains("User not found");
    }

    /** Two users of Keycloak cannot have the same address: the one that already has it keeps it. */
    private List<String> withTheAddressFirst(List<String> subjects, KeycloakUsers.KeycloakUserState state) {
        if (subjects.size() < 2) {
            return subjects;
        }
        Optional<String> holder = users.holderOf(state.email()).filter(subjects::contains);
        return Stream.concat(holder.stream(), subjects.stream()).distinct().toList();
    }

    private List<String> subjects(UUID account) {
        return accounts.findById(account)
                .map(known -> known.subjectsAt(users.issuer()))
                .orElse(List.of());
    }

    private void forget(UUID account, String subject) {
        log.info("Keycloak no longer knows user {} of account {}", subject, account);
        transaction.executeWithoutResult(
                status -> accounts.findById(account).ifPresent(known -> known.isNotKnownAs(users.issuer(), subject)));
    }

    private void recordIdentity(UUID account, String subject) {
        transaction.executeWithoutResult(status -> accounts.findById(account)
                .filter(known ->
                        accounts.findByIdentity(users.issuer(), subject).isEmpty())
                .ifPresent(known -> known.isKnownAs(users.issuer(), subject)));
    }

    private static String describe(RestClientResponseException e) {
        String body = e.getResponseBodyAsString().replaceAll("\\s+", " ").strip();
        return "HTTP " + e.getStatusCode().value() + ": " + body.substring(0, Math.min(body.length(), LONGEST_WORDS));
    }
}
