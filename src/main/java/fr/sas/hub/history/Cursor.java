package fr.sas.hub.history;

import fr.sas.hub.access.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Where a page of the history ends: the next one begins with what is older. Opaque on the wire. */
record Cursor(Instant at, long position) {

    static @Nullable Cursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
            if (parts.length == 2) {
                return new Cursor(Instant.parse(parts[0]), Long.parseLong(parts[1]));
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // the fault below says it
        }
        throw new InvalidInput(
                "cursor",
                "is the next of the page before",
                "Cette suite de liste n'existe pas : reprenez la liste depuis le début.");
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + position).getBytes(StandardCharsets.US_ASCII));
    }
}
