package fr.sas.hub.delegation;

import fr.sas.hub.access.Person;
import org.jspecify.annotations.Nullable;

/**
 * Someone may act for others from now on: a delegate was accepted, or a manager of a facility or of accounts was named.
 * Published within the transaction that begins it.
 *
 * @param facility name of the facility they manage; null for all others
 */
public record ActingBegan(
        Person person,
        String family,
        String given,
        @Nullable String facility) {}
