package fr.sas.hub.outbox;

/**
 * A letter came to an end, or from one to another. Published inside the transaction that settles it, once: what a listener
 * writes is kept together with it. Nothing is said of the letters of a destination that its own room forgets.
 */
public record LetterSettled(Letter letter, Ending ending) {}
