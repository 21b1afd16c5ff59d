package fr.sas.hub.access;

import com.github.f4b6a3.uuid.util.UuidUtil;
import com.google.common.hash.Hashing;
import com.google.common.primitives.Longs;
import java.nio.charset.StandardCharsets;
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
        String text = key
                + Arrays.stream(typed)
                        .map(String::valueOf)
                        .map(one -> " " + one.length() + ":" + one)
                        .reduce("", String::concat);
        byte[] hash = Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
        UUID both = new UUID(key.getMostSignificantBits(), Longs.fromByteArray(hash));
        return UuidUtil.setVersion(both, key.version());
    }
}
