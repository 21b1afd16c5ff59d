package fr.sas.hub.demo;

import java.io.PrintStream;

/** Where the demo speaks: the one place of the project whose job is to print. */
final class Console {

    private final PrintStream out;

    Console(PrintStream out) {
        this.out = out;
    }

    void heading(String text) {
        out.println();
        out.println("== " + text + " " + "=".repeat(Math.max(3, 76 - text.length())));
    }

    void line(String text) {
        out.println(text);
    }

    /** Two columns. */
    void entry(String name, String value) {
        out.printf("  %-16s %s%n", name, value);
    }
}
