package fr.sas.hub.history;

import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.InvalidInput;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The end of a page of the history: the next page begins with older changes. Opaque on the wire. */
record HistoryCursor(Instant at, long position) {

    static @Nullable HistoryCursor parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.US_ASCII).split(" ", 2);
            if (parts.length == 2) {
                Instant at = Instant.parse(parts[0]);
                if (InstantParameter.isStorable(at)) {
                    return new HistoryCursor(at, Long.parseLong(parts[1]));
                }
            }
        } catch (DateTimeException | IllegalArgumentException e) {
            // reported by the fault below
        }
        throw new InvalidInput(
                "cursor",
                "is the value of next from the previous page",
                "Cette suite de liste n'existe pas : reprenez la liste depuis le début.");
    }

    @Override
    public String toString() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((at + " " + position).getBytes(StandardCharsets.US_ASCII));
    }
}
