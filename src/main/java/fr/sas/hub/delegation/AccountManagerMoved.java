package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;

/**
 * An account manager, the same person, now has another address or another name. Published within the transaction of the
 * change.
 */
public record AccountManagerMoved(EmailAddress from, EmailAddress to, String family, String given) {}
