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

/** Who decides where, as the platform says: nobody is an account manager because a portal calls them so. */
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

    /** Empty when nobody of this address is one. */
    Optional<AccountManager.Typed> known(EmailAddress email) {
        return rows.findByEmail(email).map(AccountManager::typed);
    }

    /** Where they decide; empty when nobody named them. Asked in every request of an account manager. */
    Optional<Territories> territoriesOf(EmailAddress email) {
        return rows.findByEmail(email).map(manager -> manager.typed().territories());
    }

    /** Where the account manager decides for whom this request comes; null when it comes for nobody, or another person. */
    public @Nullable Territories ofCaller() {
        return Caller.current()
                .map(Caller::person)
                .filter(person -> person.kind() == Person.Kind.ACCOUNT_MANAGER)
                .map(person -> territoriesOf(new EmailAddress(person.id())).orElseThrow())
                .orElse(null);
    }

    /** By name. @param territory null for all; @param email null for everybody */
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
    AccountManager name(AccountManager.Typed typed) {
        AccountManager named = save(new AccountManager(typed, clock.instant()));
        tellOf(typed);
        return named;
    }

    /**
     * Another address of the same name is the same person's; another address and another name are somebody else, to whom nothing
     * of the former one goes.
     *
     * @param expected the version the writer has read; null when the writer does not care
     */
    @Transactional
    AccountManager change(UUID id, AccountManager.Typed typed, @Nullable Long expected) {
        AccountManager manager = locked(id, expected);
        AccountManager.Typed former = manager.typed();
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

    private void tellOf(AccountManager.Typed typed) {
        events.publishEvent(new ActingBegan(
                new Person(Person.Kind.ACCOUNT_MANAGER, typed.email().value()), typed.family(), typed.given(), null));
    }

    private AccountManager save(AccountManager manager) {
        try {
            return rows.saveAndFlush(manager);
        } catch (DataIntegrityViolationException e) {
            throw new InvalidInput(
                    "email",
                    "is of somebody who is an account manager already",
                    "Cette adresse électronique est celle d'un gestionnaire de comptes déjà nommé.");
        }
    }

    /** In force at once. */
    @Transactional
    void remove(UUID id, @Nullable Long expected) {
        rows.delete(locked(id, expected));
    }
}
