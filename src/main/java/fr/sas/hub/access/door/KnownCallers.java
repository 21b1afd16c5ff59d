package fr.sas.hub.access.door;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.Role;
import fr.sas.hub.slot.Source;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The configured clients, looked up by the digest of their token, the names in their certificate, or their name at the
 * issuer of signed tokens.
 */
@Component
class KnownCallers {

    private final Map<String, KnownCaller> byTokenDigest = new HashMap<>();
    private final Map<SubjectName, List<CertifiedCaller>> byCertificate = new HashMap<>();
    private final Map<String, KnownCaller> byJwtClient = new HashMap<>();

    /** @param issuer null: any authority that the server trusts */
    private record CertifiedCaller(@Nullable SubjectName issuer, KnownCaller known) {}

    /** @param namesPersons whether it may name the person it calls for */
    record KnownCaller(Caller caller, boolean namesPersons) {}

    KnownCallers(CallerSettings settings) {
        for (CallerSettings.Client client : settings.clients()) {
            Source vendor = client.vendor() == null ? null : new Source(client.vendor());
            if (client.id().equals(Caller.HUB.id())) {
                throw new IllegalArgumentException("hub.clients: no client may be called " + Caller.HUB.id());
            }
            if ((client.role() == Role.VENDOR) != (vendor != null)) {
                throw new IllegalArgumentException(
                        "hub.clients: " + client.id() + " must name a vendor if, and only if, its role is vendor");
            }
            if (client.bookings() != null && client.role() != Role.SEARCH) {
                throw new IllegalArgumentException(
                        "hub.clients: " + client.id() + " may have bookings only if its role is search");
            }
            KnownCaller known = new KnownCaller(
                    new Caller(client.id(), client.role(), vendor, client.bookings() == BookingRight.WRITE, null),
                    client.namesPersons());
            if (client.tokenSha256() != null) {
                byTokenDigest.put(client.tokenSha256().toLowerCase(Locale.ROOT), known);
            }
            if (client.certificateSubject() != null) {
                byCertificate
                        .computeIfAbsent(
                                SubjectName.parse(client.certificateSubject(), of(client, "certificate-subject")),
                                subject -> new ArrayList<>())
                        .add(new CertifiedCaller(
                                client.certificateIssuer() == null
                                        ? null
                                        : SubjectName.parse(
                                                client.certificateIssuer(), of(client, "certificate-issuer")),
                                known));
            }
            if (client.jwtClient() != null) {
                byJwtClient.put(client.jwtClient(), known);
            }
        }
    }

    Optional<KnownCaller> byToken(String token) {
        return Optional.ofNullable(byTokenDigest.get(sha256(token)));
    }

    Optional<KnownCaller> byCertificate(X509Certificate certificate) {
        List<CertifiedCaller> named = byCertificate.get(SubjectName.of(certificate.getSubjectX500Principal()));
        if (named == null) {
            return Optional.empty();
        }
        SubjectName issuer = SubjectName.of(certificate.getIssuerX500Principal());
        return named.stream()
                .filter(one -> one.issuer == null || one.issuer.equals(issuer))
                .map(CertifiedCaller::known)
                .findFirst();
    }

    /** @param client its name at the issuer of signed tokens */
    Optional<KnownCaller> byJwtClient(String client) {
        return Optional.ofNullable(byJwtClient.get(client));
    }

    private static String of(CallerSettings.Client client, String setting) {
        return "hub.clients: " + setting + " of " + client.id();
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
