package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Person;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Subject;
import java.util.List;
import org.springframework.stereotype.Service;

/** For whom someone may act now. A front door of the room. */
@Service
public class ActingRelations {

    /** Nobody has more. */
    private static final int MOST = 1_000;

    private final Delegations delegations;
    private final FacilityManagers managers;

    ActingRelations(Delegations delegations, FacilityManagers managers) {
        this.delegations = delegations;
        this.managers = managers;
    }

    /**
     * Practitioners: themselves; delegates and managers: in the order in which they were accepted or named; account
     * managers: nobody in particular.
     */
    public List<Subject> of(Person person) {
        return switch (person.kind()) {
            case PRACTITIONER ->
                PractitionerId.parse(person.id())
                        .map(id -> List.<Subject>of(id))
                        .orElse(List.of());
            case DELEGATE ->
                delegations.list(Delegation.State.ACCEPTED, new EmailAddress(person.id()), null, MOST).stream()
                        .map(Delegation::subject)
                        .toList();
            case FACILITY_MANAGER ->
                managers.list(new EmailAddress(person.id()), null, MOST).stream()
                        .map(named -> (Subject) named.facility())
                        .distinct()
                        .toList();
            case ACCOUNT_MANAGER -> List.of();
        };
    }
}
