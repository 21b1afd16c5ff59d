package fr.sas.hub.directory;

/** The file is not a national extraction; the message says why, and nothing was changed. */
class BadExtraction extends RuntimeException {
    BadExtraction(String message) {
        super(message);
    }
}
