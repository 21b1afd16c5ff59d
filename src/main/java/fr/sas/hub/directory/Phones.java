package fr.sas.hub.directory;

import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Phone numbers as the platform wants them: +33 (or an overseas prefix) and the digits, or nothing when not certain. */
public final class Phones {

    private Phones() {}

    /** Empty when the number is not certainly one that can be dialled (short numbers, extensions, other countries). */
    public static Optional<String> normalise(@Nullable String raw, ZoneId zone) {
        return Optional.empty();
    }
}
