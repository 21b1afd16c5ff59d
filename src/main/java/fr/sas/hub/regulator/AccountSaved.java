package fr.sas.hub.regulator;

/** Somebody wrote an account, with or without changing it; published inside the transaction that keeps it. */
public record AccountSaved(Regulator regulator) {}
