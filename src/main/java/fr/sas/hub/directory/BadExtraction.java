package fr.sas.hub.directory;

/** A file that is no national extraction at all; the message says why, and nothing was changed. */
class BadExtraction extends RuntimeException {
    BadExtraction(String message) {
        super(message);
    }
}
