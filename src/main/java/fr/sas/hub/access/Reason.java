package fr.sas.hub.access;

import org.jspecify.annotations.Nullable;

/** An operator's reason for an action: mandatory. */
public final class Reason {

    private static final int SHORTEST = 3;
    private static final int LONGEST = 500;

    private Reason() {}

    public static String read(@Nullable String text) {
        String reason = text == null ? "" : text.strip();
        if (reason.length() < SHORTEST || reason.length() > LONGEST) {
            throw new InvalidInput(
                    "reason",
                    "gives the reason, in " + SHORTEST + " to " + LONGEST + " characters",
                    "Dites pourquoi, en " + SHORTEST + " à " + LONGEST + " caractères.");
        }
        HiddenCharacters.fault(reason).ifPresent(rule -> {
            throw new InvalidInput("reason", rule);
        });
        return reason;
    }
}
