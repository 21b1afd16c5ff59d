package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The names of those who act for someone and are otherwise known only by an e-mail address. */
@Component
public class ActingNames {

    private final Delegations delegations;
    private final FacilityManagers managers;
    private final AccountManagers accountManagers;

    ActingNames(Delegations delegations, FacilityManagers managers, AccountManagers accountManagers) {
        this.delegations = delegations;
        this.managers = managers;
        this.accountManagers = accountManagers;
    }

    /** By address: delegates, as long as their names are kept, and present managers. */
    @Transactional(readOnly = true)
    public Map<String, String> of(Subject subject) {
        Map<String, String> names = new HashMap<>();
        delegations
                .of(subject)
                .forEach(delegation -> put(
                        names,
                        delegation.delegate().email(),
                        delegation.delegate().given(),
                        delegation.delegate().family()));
        if (subject instanceof StructureId facility) {
            managers.of(facility).forEach(manager -> put(names, manager.email(), manager.given(), manager.family()));
        }
        return names;
    }

    /** Empty if no one with this address is an account manager. */
    public Optional<String> ofAccountManager(EmailAddress email) {
        return accountManagers.known(email).map(known -> known.given() + " " + known.family());
    }

    private static void put(Map<String, String> names, EmailAddress email, String given, String family) {
        String name = (given + " " + family).strip();
        if (!name.isEmpty()) {
            names.putIfAbsent(email.value(), name);
        }
    }
}
