package fr.sas.hub.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page's form as somebody sent it. What it creates gets its id from the form and from what was typed: sent twice, on
 * whatever nodes, it creates one thing, and with something else typed it creates another (docs/decisions/0073). What it
 * changes is recognised by the same id (docs/decisions/0087).
 *
 * @param key generated together with the form, time-ordered; null if it cannot be told whether the form was sent before
 */
public record SentForm(@Nullable UUID key) {

    /**
     * The id of what the form creates or changes; time-ordered, like the key.
     *
     * @param typed everything that was typed, and for whom; compared by their texts
     * @param unknown the id if it cannot be told whether the form was sent before
     */
    public UUID makes(UUID unknown, Object... typed) {
        if (key == null) {
            return unknown;
        }
        byte[] hash = hash(key
                + Arrays.stream(typed)
                        .map(String::valueOf)
                        .map(text -> " " + text.length() + ":" + text)
                        .reduce("", String::concat));
        long low = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            low = low << 8 | hash[i] & 0xff;
        }
        return new UUID(key.getMostSignificantBits(), low & 0x3fffffffffffffffL | 0x8000000000000000L);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}
