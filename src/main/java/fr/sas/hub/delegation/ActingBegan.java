package fr.sas.hub.delegation;

import fr.sas.hub.access.Person;
import org.jspecify.annotations.Nullable;

/**
 * Somebody may act for others from now on: a delegate was accepted, a manager of a facility or of accounts named. Told within
 * the transaction that begins it.
 *
 * @param facility name of the facility that they manage; null for everybody else
 */
public record ActingBegan(
        Person person,
        String family,
        String given,
        @Nullable String facility) {}
