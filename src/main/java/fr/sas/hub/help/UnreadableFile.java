package fr.sas.hub.help;

import java.io.Serial;

/** A file cannot be used: what is wrong with it, and where. */
final class UnreadableFile extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final int line;

    /** @param line counts from 1 */
    UnreadableFile(int line, String reason) {
        super(reason);
        this.line = line;
    }

    int line() {
        return line;
    }
}
