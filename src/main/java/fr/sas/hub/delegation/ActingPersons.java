package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Person;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Service;

/**
 * In which capacities the owner of an address may act for others: determined on every call, so that a revocation takes
 * effect at once.
 */
@Service
public class ActingPersons {

    private final DelegationRows delegations;
    private final FacilityManagerRows managers;
    private final AccountManagerRows accountManagers;

    ActingPersons(DelegationRows delegations, FacilityManagerRows managers, AccountManagerRows accountManagers) {
        this.delegations = delegations;
        this.managers = managers;
        this.accountManagers = accountManagers;
    }

    /**
     * A delegate once a practitioner's or a centre's request has been accepted, a manager of facilities or of accounts
     * once named; in this order, each at most once.
     */
    public List<Person> of(EmailAddress email) {
        return Stream.of(Person.Kind.DELEGATE, Person.Kind.FACILITY_MANAGER, Person.Kind.ACCOUNT_MANAGER)
                .filter(kind -> isNamed(kind, email))
                .map(kind -> new Person(kind, email.value()))
                .toList();
    }

    private boolean isNamed(Person.Kind kind, EmailAddress email) {
        return switch (kind) {
            case DELEGATE -> delegations.existsByDelegateEmailAndState(email, Delegation.State.ACCEPTED);
            case FACILITY_MANAGER -> managers.existsByEmail(email);
            case ACCOUNT_MANAGER -> accountManagers.existsByEmail(email);
            case PRACTITIONER -> false;
        };
    }
}
