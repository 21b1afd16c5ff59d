package fr.sas.hub.outbox;

/** A dead letter is retried on an operator's request. Published inside the transaction that makes it wait again. */
public record LetterRevived(Letter letter) {}
