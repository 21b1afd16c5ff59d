package fr.sas.hub.outbox;

/**
 * A letter was delivered or refused. Published inside the transaction that settles it, once: what a listener writes is
 * kept together with it.
 */
public record LetterSettled(Letter letter, Carried outcome) {}
