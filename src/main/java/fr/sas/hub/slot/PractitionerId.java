package fr.sas.hub.slot;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner's national identifier, prefix included: {@code 8} + RPPS (11 digits) or {@code 0} + ADELI (9
 * characters). Text, because leading zeros matter.
 */
public record PractitionerId(String value) implements Subject, Comparable<PractitionerId> {

    /** The identifier system of people on the wire (DOMAIN §2). */
    public static final String SYSTEM = "urn:oid:1.2.250.1.71.4.2.1";

    private static final Pattern RPPS = Pattern.compile("8\\d{11}");
    private static final Pattern ADELI = Pattern.compile("0[0-9A-Z]{9}");

    public PractitionerId {
        if (!RPPS.matcher(value).matches() && !ADELI.matcher(value).matches()) {
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
        return switch (text.length()) {
            case 12 -> national(text, RPPS);
            case 11 -> national("8" + text, RPPS);
            case 10 -> national(text, ADELI);
            case 9 -> national("0" + text, ADELI);
            default -> Optional.empty();
        };
    }

    private static Optional<PractitionerId> national(String text, Pattern form) {
        return form.matcher(text).matches() ? Optional.of(new PractitionerId(text)) : Optional.empty();
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
