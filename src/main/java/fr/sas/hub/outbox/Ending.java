package fr.sas.hub.outbox;

/** The final state of a letter that is no longer retried. */
public sealed interface Ending {

    /** It was delivered. */
    record Delivered() implements Ending {}

    /** The receiver refused it with this message: dead. */
    record Refused(String words) implements Ending {}

    /** It was retried for too long; the last failure: dead. */
    record GivenUp(String words) implements Ending {}

    /** A newer letter with its key replaced it. It may have been refused or given up before. */
    record Replaced() implements Ending {}

    /** An operator discarded it. It may have been refused or given up before. */
    record Discarded() implements Ending {}
}
