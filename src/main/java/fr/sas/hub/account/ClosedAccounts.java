package fr.sas.hub.account;

import fr.sas.hub.access.Person;
import fr.sas.hub.access.door.ClosedPersons;
import org.springframework.stereotype.Component;

/** Requests for a person whose account is closed are refused everywhere, whichever client vouches for them. */
@Component
class ClosedAccounts implements ClosedPersons {

    private final AccountTable table;

    ClosedAccounts(AccountTable table) {
        this.table = table;
    }

    @Override
    public boolean contains(Person person) {
        return table.isClosed(person);
    }
}
