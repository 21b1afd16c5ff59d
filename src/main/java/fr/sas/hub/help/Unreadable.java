package fr.sas.hub.help;

import java.io.Serial;

/** What is wrong with a file, and where. */
final class Unreadable extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final int line;

    /** @param line counts from 1 */
    Unreadable(int line, String reason) {
        super(reason);
        this.line = line;
    }

    int line() {
        return line;
    }
}
