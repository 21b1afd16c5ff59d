package fr.sas.hub.access.door;

import fr.sas.hub.access.AccessSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRLException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerSslBundle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Certificates revoked by their authorities (RFC 5280 §5), read from a file of one or more CRLs, PEM or DER, that the
 * operator renews: {@code hub.access.crl}. A CRL applies to certificates issued by the authority that signed it, along
 * the whole path up to a trusted one. A file that cannot be read, or that contains a CRL not signed by its authority,
 * prevents startup; later, the last good file stays in force. An outdated CRL stays in force until it is renewed, and
 * health reports it (docs/decisions/0061).
 */
@Component("revocationsHealthIndicator")
class RevokedCertificates implements HealthIndicator {

    private static final Logger log = LoggerFactory.getLogger(RevokedCertificates.class);
    private static final Status WARN = new Status("WARN");

    private final @Nullable Path file;
    private final Clock clock;
    private byte[] read = {};
    private List<X509Certificate> readFor = List.of();
    private volatile String trouble = "";
    private volatile List<X509CRL> lists = List.of();
    private volatile List<X509Certificate> trusted = List.of();

    RevokedCertificates(AccessSettings settings, ServerProperties server, SslBundles bundles, Clock clock) {
        this.clock = clock;
        file = settings.crl();
        Ssl tls = server.getSsl();
        if (tls != null && tls.isEnabled()) {
            trusted = authorities(WebServerSslBundle.get(tls, bundles));
            if (tls.getBundle() != null) {
                bundles.addBundleUpdateHandler(tls.getBundle(), renewed -> trusted = authorities(renewed));
            }
        }
        if (file != null) {
            try {
                readAgain(file);
            } catch (IOException | GeneralSecurityException e) {
                throw new IllegalStateException(
                        "hub.access.crl: " + file + " is not a list of revoked certificates: " + e.getMessage(), e);
            }
        }
    }

    /**
     * Whether a client accepted by TLS must be refused: its certificate, or that of an authority without which no path
     * leads to a trusted one, was revoked, or expired while the connection stayed open.
     *
     * @param shown by the client, its own certificate first, then any others in any order: not a validated path
     */
    boolean refuses(X509Certificate[] shown) {
        List<X509Certificate> authorities = trusted;
        List<X509Certificate> known =
                Stream.concat(Arrays.stream(shown), authorities.stream()).toList();
        if (Arrays.stream(shown).noneMatch(this::isOver)
                && known.stream().allMatch(each -> naming(each).isEmpty())) {
            return false;
        }
        List<X509Certificate> good =
                known.stream().filter(each -> !isRevoked(each, known)).toList();
        return isOver(shown[0])
                || !good.contains(shown[0])
                || !hasPath(
                        shown[0],
                        good,
                        authorities.stream().filter(good::contains).toList());
    }

    private boolean isOver(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant().isBefore(clock.instant());
    }

    /** By a CRL signed with the same key as the certificate. */
    private boolean isRevoked(X509Certificate certificate, List<X509Certificate> known) {
        return naming(certificate).stream()
                .anyMatch(list -> keysOf(list.getIssuerX500Principal(), known).stream()
                        .anyMatch(key -> isSigned(certificate::verify, key) && isSigned(list::verify, key)));
    }

    /** Regardless of who signed them. */
    private List<X509CRL> naming(X509Certificate certificate) {
        return lists.stream()
                .filter(list -> list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())
                        && list.isRevoked(certificate))
                .toList();
    }

    private static List<PublicKey> keysOf(X500Principal authority, List<X509Certificate> known) {
        return known.stream()
                .filter(each -> each.getSubjectX500Principal().equals(authority))
                .map(X509Certificate::getPublicKey)
                .toList();
    }

    private interface Signed {
        void verify(PublicKey key) throws GeneralSecurityException;
    }

    private static boolean isSigned(Signed what, PublicKey key) {
        try {
            what.verify(key);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Path search as in TLS (RFC 5280 §6.1). */
    private boolean hasPath(
            X509Certificate certificate, List<X509Certificate> good, List<X509Certificate> authorities) {
        X509CertSelector from = new X509CertSelector();
        from.setCertificate(certificate);
        try {
            PKIXBuilderParameters asked = new PKIXBuilderParameters(
                    authorities.stream()
                            .map(each -> new TrustAnchor(each, null))
                            .collect(Collectors.toSet()),
                    from);
            asked.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(good)));
            asked.setDate(Date.from(clock.instant()));
            asked.setRevocationEnabled(false);
            CertPathBuilder.getInstance("PKIX").build(asked);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    @Scheduled(fixedDelay = 1000)
    void lookAgain() {
        if (file == null) {
            return;
        }
        String found = "";
        try {
            readAgain(file);
        } catch (IOException | GeneralSecurityException e) {
            found = "cannot be used, the last good one stays in force: " + e.getMessage();
        }
        found = found.isEmpty() ? outdated() : found;
        if (!found.equals(trouble) && !found.isEmpty()) {
            log.error("hub.access.crl: {} {}", file, found);
        }
        trouble = found;
    }

    private String outdated() {
        List<String> late = lists.stream()
                .filter(list -> list.getNextUpdate() != null
                        && list.getNextUpdate().toInstant().isBefore(clock.instant()))
                .map(list -> list.getIssuerX500Principal().getName())
                .toList();
        return late.isEmpty() ? "" : "must be renewed, although it stays in force: outdated are the lists of " + late;
    }

    @Override
    public Health health() {
        return trouble.isEmpty()
                ? Health.up().build()
                : Health.status(WARN).withDetail("crl", trouble).build();
    }

    private void readAgain(Path file) throws IOException, GeneralSecurityException {
        byte[] now = Files.readAllBytes(file);
        List<X509Certificate> authorities = trusted;
        if (Arrays.equals(now, read) && authorities.equals(readFor)) {
            return;
        }
        List<X509CRL> found =
                CertificateFactory.getInstance("X.509").generateCRLs(new ByteArrayInputStream(now)).stream()
                        .map(X509CRL.class::cast)
                        .toList();
        if (found.isEmpty()) {
            throw new CRLException("it is empty");
        }
        for (X509CRL list : found) {
            List<PublicKey> keys = keysOf(list.getIssuerX500Principal(), authorities);
            if (!keys.isEmpty() && keys.stream().noneMatch(key -> isSigned(list::verify, key))) {
                throw new CRLException("that of " + list.getIssuerX500Principal() + " is not signed by it");
            }
        }
        lists = found;
        read = now;
        readFor = authorities;
        log.info(
                "{} lists of revoked certificates are in force, of {}",
                found.size(),
                found.stream().map(X509CRL::getIssuerX500Principal).toList());
    }

    /** The authorities that the server trusts, by default those of the JVM. */
    private static List<X509Certificate> authorities(SslBundle bundle) {
        return Arrays.stream(bundle.getManagers().getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(each -> Arrays.stream(((X509TrustManager) each).getAcceptedIssuers()))
                .toList();
    }
}
