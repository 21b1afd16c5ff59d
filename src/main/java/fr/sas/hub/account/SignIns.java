package fr.sas.hub.account;

import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Person;
import fr.sas.hub.delegation.ActingAddresses;
import fr.sas.hub.delegation.ActingPersons;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.slot.PractitionerId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds the account of a person for whom a provider vouches (guides 002 and 003, 1.1): the one they signed in to
 * before, otherwise that of their national id, otherwise that of their verified address. An address never leads to a
 * practitioner's account, nor a national id to the account of an address: mailboxes are shared in a practice, and it is
 * the provider that links the two, after a confirmation. Physicians with a place of practice, and people made delegate
 * or manager under this address, get an account at their first sign-in; no one else does (case 3 of the guides).
 */
@Service
class SignIns {

    private static final Logger LOG = LoggerFactory.getLogger(SignIns.class);

    /** The extraction's code for physicians. */
    private static final String PHYSICIAN = "10";

    private final Accounts accounts;
    private final Directory directory;
    private final ActingPersons acting;
    private final ActingAddresses addresses;
    private final AccountLog log;
    private final Clock clock;

    SignIns(
            Accounts accounts,
            Directory directory,
            ActingPersons acting,
            ActingAddresses addresses,
            AccountLog log,
            Clock clock) {
        this.log = log;
        this.accounts = accounts;
        this.directory = directory;
        this.acting = acting;
        this.addresses = addresses;
        this.clock = clock;
    }

    /** Why a person for whom a provider vouches is not let in. */
    enum Refusal {
        /** Case 3 of the guides: no account, and no place of practice. */
        NO_PLACE("sans-lieu"),
        CLOSED("ferme"),
        /** The address or account belongs to another practitioner. */
        OTHER_PRACTITIONER("autre-praticien");

        private final String code;

        Refusal(String code) {
            this.code = code;
        }

        /** As written in addresses. */
        String code() {
            return code;
        }
    }

    /** @throws NotAdmitted with the reason */
    @Transactional
    Account signIn(Identity identity) throws NotAdmitted {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<Account> known = find(identity);
        EmailAddress email = isAnothers(identity.email(), known.orElse(null)) ? null : identity.email();
        if (known.isEmpty()) {
            if (email == null && identity.email() != null && identity.practitioner() == null) {
                throw new NotAdmitted(Refusal.OTHER_PRACTITIONER);
            }
            if (personsOf(identity.practitioner(), email).isEmpty()) {
                throw new NotAdmitted(Refusal.NO_PLACE);
            }
            return accounts.save(new Account(UuidCreator.getTimeOrderedEpoch(now), identity, email, now));
        }
        Account account = known.get();
        if (account.isClosed()) {
            throw new NotAdmitted(Refusal.CLOSED);
        }
        if (identity.practitioner() != null
                && account.practitioner() != null
                && !identity.practitioner().equals(account.practitioner())) {
            throw new NotAdmitted(Refusal.OTHER_PRACTITIONER);
        }
        linkHere(identity.practitioner(), account, now);
        EmailAddress former = account.verifiedEmail();
        boolean moves = former != null && email != null && account.movesTo(email);
        account.signIn(identity, email, now);
        if (moves && former != null && email != null && acting.of(email).isEmpty()) {
            moveTies(account, former, email);
        }
        return account;
    }

    /** Someone with requests under both addresses is still let in: what is tied to the former address stays with it. */
    private void moveTies(Account account, EmailAddress former, EmailAddress email) {
        if (addresses.overlap(former, email)) {
            LOG.warn(
                    "The delegations of account {} stay with its former address: there are requests for the same under the new one",
                    account.id());
            return;
        }
        accounts.saveAndFlush(account);
        addresses.change(former, email);
    }

    /**
     * The provider has linked a practitioner's card to another of its users, after a confirmation: the practitioner
     * moves with it, from an open account to that of this user.
     */
    private void linkHere(@Nullable PractitionerId practitioner, Account account, Instant now) throws NotAdmitted {
        if (practitioner == null || practitioner.equals(account.practitioner())) {
            return;
        }
        Optional<Account> former = accounts.findByPractitioner(practitioner.value());
        if (former.isEmpty()) {
            return;
        }
        if (former.get().isClosed()) {
            throw new NotAdmitted(Refusal.CLOSED);
        }
        AccountView there = log.now(former.get().id());
        AccountView here = log.now(account.id());
        former.get().isNoPractitioner(now);
        accounts.saveAndFlush(former.get());
        log.changed(there, now);
        account.isPractitioner(practitioner, now);
        accounts.saveAndFlush(account);
        log.changed(here, now);
    }

    private Optional<Account> find(Identity identity) {
        return accounts.findByIdentity(identity.issuer(), identity.subject())
                .or(() -> Optional.ofNullable(identity.practitioner())
                        .flatMap(id -> accounts.findByPractitioner(id.value())))
                .or(() -> Optional.ofNullable(identity.email())
                        .flatMap(email -> accounts.findByEmail(email.value()))
                        .filter(account -> account.practitioner() == null && identity.practitioner() == null));
    }

    /** An address belongs to one account only: it stays with the one that had it first. */
    private boolean isAnothers(@Nullable EmailAddress email, @Nullable Account account) {
        return email != null
                && accounts.findByEmail(email.value())
                        .filter(other -> account == null || !other.id().equals(account.id()))
                        .isPresent();
    }

    /**
     * As whom this account may act today, the practitioner first; determined each time, so that an end takes effect at
     * once.
     */
    @Transactional(readOnly = true)
    List<Person> personsOf(Account account) {
        return personsOf(account.practitioner(), account.verifiedEmail());
    }

    private List<Person> personsOf(@Nullable PractitionerId practitioner, @Nullable EmailAddress email) {
        List<Person> persons = new ArrayList<>();
        if (practitioner != null && practises(practitioner)) {
            persons.add(new Person(Person.Kind.PRACTITIONER, practitioner.value()));
        }
        if (email != null) {
            persons.addAll(acting.of(email));
        }
        return persons;
    }

    private boolean practises(PractitionerId practitioner) {
        return directory
                .find(practitioner)
                .filter(known ->
                        PHYSICIAN.equals(known.profession()) && !known.places().isEmpty())
                .isPresent();
    }

    /** Empty if it is closed or does not exist. */
    @Transactional(readOnly = true)
    Optional<Account> open(UUID account) {
        return accounts.findById(account).filter(known -> !known.isClosed());
    }

    /** @param terms the version that was shown */
    @Transactional
    void accept(UUID account, String terms) {
        accounts.findById(account)
                .ifPresent(known -> known.accept(terms, clock.instant().truncatedTo(ChronoUnit.MICROS)));
    }

    /** A person for whom a provider vouches is not let in. */
    static class NotAdmitted extends Exception {

        private final transient Refusal refusal;

        NotAdmitted(Refusal refusal) {
            super(refusal.name());
            this.refusal = refusal;
        }

        Refusal refusal() {
            return refusal;
        }
    }
}
