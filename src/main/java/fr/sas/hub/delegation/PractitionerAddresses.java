package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.slot.PractitionerId;
import java.util.Optional;

/** Known by whoever administers accounts. */
public interface PractitionerAddresses {

    /** The address of a practitioner's account; empty if there is no account, or if it has none. */
    Optional<EmailAddress> of(PractitionerId practitioner);
}
