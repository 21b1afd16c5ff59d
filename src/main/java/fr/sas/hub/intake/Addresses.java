package fr.sas.hub.intake;

import fr.sas.hub.directory.Phones;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.hl7.fhir.r4.model.Address;
import org.hl7.fhir.r4.model.ContactPoint;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** Addresses and phones as vendors send them. */
final class Addresses {

    private Addresses() {}

    /** The lines as one; null when there is none. */
    static @Nullable String line(Address address) {
        StringBuilder line = new StringBuilder();
        for (StringType part : address.getLine()) {
            String text = blankToNull(part.getValue());
            if (text != null) {
                line.append(line.isEmpty() ? "" : ", ").append(text);
            }
        }
        return line.isEmpty() ? null : line.toString();
    }

    static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /**
     * A key for a place that nothing but its address tells: the same for the same address however it is spelled. Null when
     * there is too little of it.
     */
    static @Nullable String key(@Nullable String line, @Nullable String postalCode, @Nullable String city) {
        String plain = plain(line) + "|" + plain(postalCode) + "|" + plain(city);
        return plain.length() < 5 ? null : "address-" + digest(plain);
    }

    private static String plain(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder plain = new StringBuilder(text.length());
        String apart = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.FRENCH);
        for (int i = 0; i < apart.length(); i++) {
            if (Character.isLetterOrDigit(apart.charAt(i))) {
                plain.append(apart.charAt(i));
            }
        }
        return plain.toString();
    }

    /** 16 hexadecimal digits. */
    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first certain phone number among these; null, and noted, when there are numbers and none is certain. */
    static @Nullable String phone(List<ContactPoint> telecom, ZoneId zone, Runnable leftOut) {
        boolean any = false;
        for (ContactPoint point : telecom) {
            boolean isPhone = !point.hasSystem()
                    || point.getSystem() == ContactPoint.ContactPointSystem.PHONE
                    || point.getSystem() == ContactPoint.ContactPointSystem.SMS;
            if (isPhone && point.hasValue()) {
                any = true;
                String certain = Phones.normalise(point.getValue(), zone).orElse(null);
                if (certain != null) {
                    return certain;
                }
            }
        }
        if (any) {
            leftOut.run();
        }
        return null;
    }
}
