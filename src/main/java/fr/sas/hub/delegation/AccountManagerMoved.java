package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;

/** An account manager, the same person, has another address, or else another name, from now on. Within the transaction that says so. */
public record AccountManagerMoved(EmailAddress from, EmailAddress to, String family, String given) {}
