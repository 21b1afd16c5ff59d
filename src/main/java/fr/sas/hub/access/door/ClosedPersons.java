package fr.sas.hub.access.door;

import fr.sas.hub.access.Person;

/** Persons on whose behalf calls are no longer accepted; implemented by the room that keeps accounts. */
public interface ClosedPersons {

    /** Whether the person's account was closed; false for a person without an account. */
    boolean contains(Person person);
}
