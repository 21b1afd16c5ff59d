package fr.sas.hub.delegation;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who decides where, as the platform states it: no one is an account manager merely because a portal says so. */
@Service
public class AccountManagers {

    private final AccountManagerRows rows;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    AccountManagers(AccountManagerRows rows, ApplicationEventPublisher events, Clock clock) {
        this.rows = rows;
        this.events = events;
        this.clock = clock;
    }

    /** Empty if no one with this address is an account manager. */
    Optional<AccountManager.Details> known(EmailAddress email) {
        return rows.findByEmail(email).map(AccountManager::typed);
    }

    /** Where they decide; empty if no one named them. Called on every request of an account manager. */
    Optional<Territories> territoriesOf(EmailAddress email) {
        return rows.findByEmail(email).map(manager -> manager.typed().territories());
    }

    /**
     * Where the account manager on whose behalf this request is made decides; null if it is made on behalf of nobody or
     * of another person.
     */
    public @Nullable Territories ofCaller() {
        return Caller.current()
                .map(Caller::person)
                .filter(person -> person.kind() == Person.Kind.ACCOUNT_MANAGER)
                .map(person -> territoriesOf(new EmailAddress(person.id())).orElseThrow())
                .orElse(null);
    }

    /** By name. @param territory null for all; @param email null for all */
    @Transactional(readOnly = true)
    List<AccountManager> list(@Nullable Territory territory, @Nullable EmailAddress email) {
        return rows.findAllByOrderByFamilyAscGivenAscIdAsc().stream()
                .filter(manager -> email == null || manager.typed().email().equals(email))
                .filter(manager ->
                        territory == null || manager.typed().territories().all().contains(territory))
                .toList();
    }

    @Transactional(readOnly = true)
    AccountManager accountManager(UUID id) {
        return rows.findById(id).orElseThrow(() -> missing(id));
    }

    private AccountManager locked(UUID id, @Nullable Long expected) {
        AccountManager manager = rows.findLockedById(id).orElseThrow(() -> missing(id));
        EntityTag.check(expected, manager.version());
        return manager;
    }

    private static NotFound missing(UUID id) {
        return new NotFound("There is no account manager " + id, "Ce gestionnaire de comptes n'existe pas.");
    }

    @Transactional
    AccountManager name(AccountManager.Details typed) {
        AccountManager named = save(new AccountManager(typed, clock.instant()));
        tellOf(typed);
        return named;
    }

    /**
     * A new address with the same name belongs to the same person; a new address with a new name belongs to someone
     * else, who takes over nothing from the previous one.
     *
     * @param expected the version the writer has read; null to overwrite any
     */
    @Transactional
    AccountManager change(UUID id, AccountManager.Details typed, @Nullable Long expected) {
        AccountManager manager = locked(id, expected);
        AccountManager.Details former = manager.typed();
        boolean moves = !typed.email().equals(former.email());
        boolean renamed =
                !typed.family().equals(former.family()) || !typed.given().equals(former.given());
        manager.change(typed, clock.instant());
        save(manager);
        if (moves != renamed) {
            events.publishEvent(new AccountManagerMoved(former.email(), typed.email(), typed.family(), typed.given()));
        }
        if (moves) {
            tellOf(typed);
        }
        return manager;
    }

    private void tellOf(AccountManager.Details typed) {
        events.publishEvent(new ActingBegan(
                new Person(Person.Kind.ACCOUNT_MANAGER, typed.email().value()), typed.family(), typed.given(), null));
    }

    private AccountManager save(AccountManager manager) {
        try {
            return rows.saveAndFlush(manager);
        } catch (DataIntegrityViolationException e) {
            throw new InvalidInput(
                    "email",
                    "belongs to someone who is already an account manager",
                    "Cette adresse électronique est celle d'un gestionnaire de comptes déjà nommé.");
        }
    }

    /** Takes effect at once. */
    @Transactional
    void remove(UUID id, @Nullable Long expected) {
        rows.delete(locked(id, expected));
    }
}
