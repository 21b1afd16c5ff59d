package fr.sas.hub.account;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.delegation.PractitionerAddresses;
import fr.sas.hub.slot.PractitionerId;
import java.util.Optional;
import org.springframework.stereotype.Component;

@Component
class AddressesOfPractitioners implements PractitionerAddresses {

    private final Accounts accounts;

    AddressesOfPractitioners(Accounts accounts) {
        this.accounts = accounts;
    }

    @Override
    public Optional<EmailAddress> of(PractitionerId practitioner) {
        return accounts.findByPractitioner(practitioner.value()).map(Account::email);
    }
}
