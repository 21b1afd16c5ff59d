package fr.sas.hub.directory;

import fr.sas.hub.slot.StructureId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A key for a place that is the same whichever source names it: its preferred structure id, else a digest of its
 * address that does not depend on spelling (decision 0002).
 */
public final class PlaceKeys {

    private PlaceKeys() {}

    /**
     * @param structures preferred first
     * @return null when there is too little to distinguish the place from others
     */
    public static @Nullable String of(
            List<StructureId> structures, @Nullable String line, @Nullable String postalCode, @Nullable String city) {
        return structures.isEmpty()
                ? ofAddress(line, postalCode, city)
                : structures.getFirst().value();
    }

    /** Null when too little of the address is given. */
    public static @Nullable String ofAddress(
            @Nullable String line, @Nullable String postalCode, @Nullable String city) {
        String plain = plain(line) + "|" + plain(postalCode) + "|" + plain(city);
        return plain.length() < 5 ? null : "address-" + digest(plain);
    }

    /** Letters and digits, in lower case, without accents. */
    private static String plain(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder plain = new StringBuilder(text.length());
        apart(text).chars().filter(Character::isLetterOrDigit).forEach(c -> plain.append((char) c));
        return plain.toString();
    }

    /** In lower case, without accents; ligatures are expanded (NFKD knows some, French has others). */
    static String apart(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.FRENCH);
        StringBuilder apart = new StringBuilder(decomposed.length());
        for (int i = 0; i < decomposed.length(); i++) {
            char c = decomposed.charAt(i);
            switch (c) {
                case 'œ' -> apart.append("oe");
                case 'æ' -> apart.append("ae");
                case 'ß' -> apart.append("ss");
                default -> {
                    if (Character.getType(c) != Character.NON_SPACING_MARK) {
                        apart.append(c);
                    }
                }
            }
        }
        return apart.toString();
    }

    /** 16 hexadecimal digits of SHA-256. */
    public static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
