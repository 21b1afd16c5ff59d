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

/** What is changed of an account is told to Keycloak, through the outbox: an outage of Keycloak loses nothing. */
@Component
public class IdentityLetters {

    private static final Logger log = LoggerFactory.getLogger(IdentityLetters.class);
    private static final Destination DESTINATION = new Destination("keycloak", "tell-the-identity-provider");
    private static final int LONGEST_WORDS = 500;
    private static final ObjectMapper JSON = BoundedJson.mapper().build();

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

    /** Whether somebody is sent the way to a first password, and whether their address is known to be theirs. */
    enum Invitation {
        NONE,
        /** At the first address, or once more. */
        SENT,
        /** The link in the mail proves that the new address is theirs. */
        TO_NEW_ADDRESS
    }

    private record Told(UUID account, KeycloakUsers.Standing standing, Invitation invitation) {}

    /**
     * Within the transaction that changes the account. Who has no address is known to Keycloak by Pro Santé Connect only, and a
     * practitioner needs no password.
     *
     * @return whether Keycloak sends the welcome mail, with a link to a first password
     */
    boolean put(AccountView account, Invitation asked) {
        String email = account.email();
        if (!users.isSetUp() || email == null) {
            return false;
        }
        Invitation invitation = account.practitioner() == null ? asked : Invitation.NONE;
        var standing = new KeycloakUsers.Standing(
                email,
                account.family(),
                account.given(),
                account.closedAt() != null,
                asked == Invitation.TO_NEW_ADDRESS);
        try {
            outbox.put(
                    DESTINATION,
                    account.id().toString(),
                    JSON.writeValueAsString(new Told(account.id(), standing, invitation)),
                    Outbox.Telling.EVERY_CHANGE);
            return invitation != Invitation.NONE;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The step of the route {@code tell-the-identity-provider}; each time as if it were the first. */
    public SendResult tell(Letter letter) throws JsonProcessingException {
        Told told = JSON.readValue(letter.body(), Told.class);
        try {
            String user = known(told);
            if (told.invitation() != Invitation.NONE) {
                users.invite(user);
            }
            return SendResult.DELIVERED;
        } catch (HttpClientErrorException.BadRequest | HttpClientErrorException.Conflict e) {
            return new SendResult.Refused(words(e));
        } catch (RestClientResponseException e) {
            return new SendResult.Failed(words(e), null);
        } catch (RestClientException e) {
            return new SendResult.Failed(String.valueOf(e.getMessage()), null);
        }
    }

    /**
     * The user who has the account's address, once all whom Keycloak calls by it are told: those it knows by a sign-in, else the
     * one of the address, else a new one. Whom it knows no more is forgotten here too.
     */
    private String known(Told told) {
        List<String> subjects = withTheAddressFirst(subjects(told.account()), told.standing());
        String first = null;
        for (String subject : subjects) {
            try {
                users.update(
                        subject,
                        first == null ? told.standing() : told.standing().besides());
                first = first == null ? subject : first;
            } catch (HttpClientErrorException.NotFound e) {
                if (!saysThatNobodyIsThere(e)) {
                    throw e;
                }
                forget(told.account(), subject);
            }
        }
        if (first != null) {
            return first;
        }
        Optional<String> byAddress = users.findByEmail(told.standing().email());
        byAddress.ifPresent(subject -> users.update(subject, told.standing()));
        String user = byAddress.orElseGet(() -> users.create(told.standing()));
        remember(told.account(), user);
        return user;
    }

    /** Whoever stands before Keycloak, or another address, answers 404 too, and knows nothing of users. */
    private static boolean saysThatNobodyIsThere(HttpClientErrorException.NotFound e) {
        return e.getResponseBodyAsString().contains("User not found");
    }

    /** Two users of Keycloak cannot have one address: who has it already keeps it. */
    private List<String> withTheAddressFirst(List<String> subjects, KeycloakUsers.Standing standing) {
        if (subjects.size() < 2) {
            return subjects;
        }
        Optional<String> holder = users.holderOf(standing.email()).filter(subjects::contains);
        return Stream.concat(holder.stream(), subjects.stream()).distinct().toList();
    }

    private List<String> subjects(UUID account) {
        return accounts.findById(account)
                .map(known -> known.subjectsAt(users.issuer()))
                .orElse(List.of());
    }

    private void forget(UUID account, String subject) {
        log.info("Keycloak knows {} no more, of account {}", subject, account);
        transaction.executeWithoutResult(
                status -> accounts.findById(account).ifPresent(known -> known.isNotKnownAs(users.issuer(), subject)));
    }

    private void remember(UUID account, String subject) {
        transaction.executeWithoutResult(status -> accounts.findById(account)
                .filter(known ->
                        accounts.findByIdentity(users.issuer(), subject).isEmpty())
                .ifPresent(known -> known.isKnownAs(users.issuer(), subject)));
    }

    private static String words(RestClientResponseException e) {
        String body = e.getResponseBodyAsString().replaceAll("\\s+", " ").strip();
        return "HTTP " + e.getStatusCode().value() + ": " + body.substring(0, Math.min(body.length(), LONGEST_WORDS));
    }
}
