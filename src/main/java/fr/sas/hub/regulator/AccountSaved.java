package fr.sas.hub.regulator;

/** An account was written, with or without changes; published inside the transaction that saves it. */
public record AccountSaved(Regulator regulator) {}
