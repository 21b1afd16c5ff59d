package fr.sas.hub.outbox;

/** The final state of a letter that is no longer retried. */
public sealed interface LetterEnding {

    /** It was delivered. */
    record Delivered() implements LetterEnding {}

    /** The receiver refused it with this message: dead. */
    record Refused(String words) implements LetterEnding {}

    /** It was retried for too long; the last failure: dead. */
    record GivenUp(String words) implements LetterEnding {}

    /** A newer letter with its key replaced it. It may have been refused or given up before. */
    record Replaced() implements LetterEnding {}

    /** An operator discarded it. It may have been refused or given up before. */
    record Discarded() implements LetterEnding {}
}
