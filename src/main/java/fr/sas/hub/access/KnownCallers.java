package fr.sas.hub.access;

import fr.sas.hub.slot.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The configured clients, found by the digest of their token or the subject of their certificate. */
@Component
class KnownCallers {

    private final Map<String, Known> byTokenDigest = new HashMap<>();
    private final Map<String, Known> byCertificateSubject = new HashMap<>();

    /** @param namesPersons whether it may name the person it calls for */
    record Known(Caller caller, boolean namesPersons) {}

    KnownCallers(CallerSettings settings) {
        for (CallerSettings.Client client : settings.clients()) {
            Source vendor = client.vendor() == null ? null : new Source(client.vendor());
            if ((client.role() == Role.VENDOR) != (vendor != null)) {
                throw new IllegalArgumentException(
                        "hub.clients: " + client.id() + " must name a vendor if, and only if, its role is vendor");
            }
            if (client.bookings() != null && client.role() != Role.SEARCH) {
                throw new IllegalArgumentException(
                        "hub.clients: " + client.id() + " may have bookings only if its role is search");
            }
            Known known = new Known(
                    new Caller(client.id(), client.role(), vendor, client.bookings() == Bookings.WRITE, null),
                    client.namesPersons());
            if (client.tokenSha256() != null) {
                byTokenDigest.put(client.tokenSha256().toLowerCase(Locale.ROOT), known);
            }
            if (client.certificateSubject() != null) {
                byCertificateSubject.put(client.certificateSubject(), known);
            }
        }
    }

    Optional<Known> byToken(String token) {
        return Optional.ofNullable(byTokenDigest.get(sha256(token)));
    }

    Optional<Known> byCertificate(X509Certificate certificate) {
        return Optional.ofNullable(
                byCertificateSubject.get(certificate.getSubjectX500Principal().getName()));
    }

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JVM has SHA-256", e);
        }
    }
}
