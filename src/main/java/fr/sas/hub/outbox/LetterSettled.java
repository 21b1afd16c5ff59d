package fr.sas.hub.outbox;

/**
 * A letter reached a final state, or moved from one to another. Published once, inside the transaction that settles it,
 * so that what a listener writes is committed with it. Not published for the letters of a destination that its own room
 * removes.
 */
public record LetterSettled(Letter letter, LetterEnding ending) {}
