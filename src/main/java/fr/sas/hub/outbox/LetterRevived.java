package fr.sas.hub.outbox;

/** A dead letter is tried again, because somebody said so. Published inside the transaction that makes it wait again. */
public record LetterRevived(Letter letter) {}
