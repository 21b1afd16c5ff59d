package fr.sas.hub.access;

/** Persons for whom nobody may call any more; who they are is known to the room that keeps accounts. */
public interface ClosedPersons {

    /** Whether their account was closed; not so of somebody who has none. */
    boolean contains(Person person);
}
