package fr.sas.hub.slot;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A structure's national identifier, prefix included: {@code 1} + FINESS, {@code 3} + SIRET, {@code 4} + RPPS rang,
 * {@code 0} + ADELI rang (DOMAIN §2).
 */
public record StructureId(String value) implements Subject, Comparable<StructureId> {

    /** The identifier system of structures on the wire (DOMAIN §2). */
    public static final String SYSTEM = "urn:oid:1.2.250.1.71.4.2.2";

    /** From most to least preferred when a place has several. */
    public enum Kind {
        FINESS(Pattern.compile("1[0-9][0-9AB][0-9]{7}")),
        SIRET(Pattern.compile("3[0-9]{14}")),
        RPPS_RANG(Pattern.compile("4[0-9]{11,16}")),
        ADELI_RANG(Pattern.compile("0[0-9A-Z]{9,15}"));

        private final Pattern form;

        Kind(Pattern form) {
            this.form = form;
        }
    }

    public StructureId {
        if (kindOf(value).isEmpty()) {
            throw new IllegalArgumentException(
                    "Not a national structure identifier (1 + FINESS, 3 + SIRET, 4 or 0 + rang): " + value);
        }
    }

    /** Accepts the national form and a bare FINESS (9 characters) or SIRET (14 digits); empty for anything else. */
    public static Optional<StructureId> parse(@Nullable String raw) {
        if (raw == null) {
            return Optional.empty();
        }
        String text = raw.strip().toUpperCase(Locale.ROOT);
        return switch (text.length()) {
            case 9 -> national("1" + text);
            case 14 -> national("3" + text);
            default -> national(text);
        };
    }

    /** Accepts only the national form, for text known to carry its prefix. */
    public static Optional<StructureId> parseNational(@Nullable String text) {
        return text == null ? Optional.empty() : national(text.strip().toUpperCase(Locale.ROOT));
    }

    private static Optional<StructureId> national(String text) {
        return kindOf(text).map(kind -> new StructureId(text));
    }

    private static Optional<Kind> kindOf(String text) {
        for (Kind kind : Kind.values()) {
            if (kind.form.matcher(text).matches()) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    public Kind kind() {
        return kindOf(value).orElseThrow();
    }

    /** Whether it may own slots itself, rather than through a practitioner: only a FINESS or a SIRET may. */
    public boolean mayOwnSlots() {
        return kind() == Kind.FINESS || kind() == Kind.SIRET;
    }

    /** Preferred identifiers first: FINESS, SIRET, rang. */
    @Override
    public int compareTo(StructureId other) {
        int byKind = kind().compareTo(other.kind());
        return byKind != 0 ? byKind : value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
