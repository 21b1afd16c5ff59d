package fr.sas.hub.outbox;

/** What became of a letter that is not tried any more. */
public sealed interface Ending {

    /** It arrived. */
    record Delivered() implements Ending {}

    /** The receiver said no, in these words: dead. */
    record Refused(String words) implements Ending {}

    /** It was tried for too long; what went wrong the last time: dead. */
    record GivenUp(String words) implements Ending {}

    /** A newer letter of its key took its place. It may have been refused or given up before. */
    record Replaced() implements Ending {}

    /** Somebody threw it away. It may have been refused or given up before. */
    record Discarded() implements Ending {}
}
