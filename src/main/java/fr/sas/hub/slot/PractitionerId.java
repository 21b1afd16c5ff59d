package fr.sas.hub.slot;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner's national identifier, prefix included: {@code 8} + RPPS (11 digits) or {@code 0} + ADELI (9
 * characters). Text, because leading zeros matter.
 */
public record PractitionerId(String value) implements Subject, Comparable<PractitionerId> {

    /** The identifier system of people on the wire (DOMAIN §2). */
    public static final String SYSTEM = "urn:oid:1.2.250.1.71.4.2.1";

    private static final int RPPS_LENGTH = 12;
    private static final int ADELI_LENGTH = 10;

    public PractitionerId {
        if (!isNational(value)) {
            throw new IllegalArgumentException(
                    "Not a national practitioner identifier (8 + RPPS or 0 + ADELI): " + value);
        }
    }

    /** Accepts the national form and a bare RPPS or ADELI; empty for anything else, including "null" and "unknown". */
    public static Optional<PractitionerId> parse(@Nullable String raw) {
        if (raw == null) {
            return Optional.empty();
        }
        String text = raw.strip().toUpperCase(Locale.ROOT);
        String national = switch (text.length()) {
            case RPPS_LENGTH - 1 -> "8" + text;
            case ADELI_LENGTH - 1 -> "0" + text;
            default -> text;
        };
        return isNational(national) ? Optional.of(new PractitionerId(national)) : Optional.empty();
    }

    /** By character and not by pattern: every search reads some 25 of them. */
    private static boolean isNational(String text) {
        return switch (text.length()) {
            case RPPS_LENGTH -> text.charAt(0) == '8' && consistsOfDigits(text, false);
            case ADELI_LENGTH -> text.charAt(0) == '0' && consistsOfDigits(text, true);
            default -> false;
        };
    }

    private static boolean consistsOfDigits(String text, boolean orLetters) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && !(orLetters && c >= 'A' && c <= 'Z')) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int compareTo(PractitionerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
