package fr.sas.hub.index;

import com.google.common.hash.Hashing;
import fr.sas.hub.slot.Slot;
import java.nio.charset.StandardCharsets;

/** 64-bit digests: equal contents have equal digests on every node and after every restart. */
final class ContentDigests {

    private static final char SEPARATOR = '\u001f';

    private ContentDigests() {}

    static long of(Slot slot, String content) {
        return of(slot.place()
                + SEPARATOR
                + slot.start().toEpochMilli()
                + SEPARATOR
                + slot.end().toEpochMilli()
                + SEPARATOR
                + slot.reference()
                + SEPARATOR
                + content);
    }

    static long of(String text) {
        return Hashing.farmHashFingerprint64()
                .hashString(text, StandardCharsets.UTF_8)
                .asLong();
    }

    /** URL-safe, for ids: 13 characters, a to v and digits. */
    static String idOf(String text) {
        return Long.toUnsignedString(of(text), 32);
    }
}
