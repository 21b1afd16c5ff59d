package fr.sas.hub.delegation;

import fr.sas.hub.access.Person;
import fr.sas.hub.slot.Subject;

/**
 * Someone no longer acts for a practitioner or a facility. Published within the transaction that ends it, so that what
 * they were given to keep, which the rights of requests do not guard, ends with it.
 *
 * @param person a delegate, a facility manager, or a practitioner for themselves
 * @param subject for whom they acted
 */
public record ActingEnded(Person person, Subject subject) {}
