package fr.sas.hub.testing;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server's certificate, signed by an authority that nobody knows, made by the JDK's {@code keytool}. */
public final class TestCertificate {

    /** For a JVM that ends within a second. */
    static final List<String> STARTED_QUICKLY = List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC");

    private static final String PASSWORD = "changeit";
    private static final String AUTHORITY = "authority";
    private static final String SERVER = "server";

    private final Path authority;
    private final Path server;

    private TestCertificate(Path authority, Path server) {
        this.authority = authority;
        this.server = server;
    }

    /**
     * @param name whom it is for, as {@code keytool} writes it: {@code ip:127.0.0.1}, {@code dns:example.org}
     * @param sinceDays since how many days it is valid
     * @param days for how many, from then on
     */
    public static TestCertificate of(String name, int sinceDays, int days) {
        try {
            Path folder = Files.createTempDirectory("hub-certificate");
            Path both = folder.resolve("both.p12");
            make(both, AUTHORITY, "-ext", "bc:c", "-startdate", "-900d", "-validity", "3000");
            make(
                    both,
                    SERVER,
                    "-signer",
                    AUTHORITY,
                    "-ext",
                    "san=" + name,
                    "-startdate",
                    "-" + sinceDays + "d",
                    "-validity",
                    String.valueOf(days));
            KeyStore made = KeyStore.getInstance(both.toFile(), PASSWORD.toCharArray());
            KeyStore shown = empty();
            shown.setKeyEntry(
                    SERVER,
                    made.getKey(SERVER, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    made.getCertificateChain(SERVER));
            try (OutputStream out = Files.newOutputStream(folder.resolve("server.p12"))) {
                shown.store(out, PASSWORD.toCharArray());
            }
            return new TestCertificate(both, folder.resolve("server.p12"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void make(Path store, String alias, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                alias,
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + alias));
        words.addAll(STARTED_QUICKLY);
        words.addAll(List.of(more));
        Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said;
        try (InputStream out = keytool.getInputStream()) {
            said = new String(out.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        if (keytool.onExit().join().exitValue() != 0) {
            throw new IllegalStateException(said);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    void shownBy(WireMockConfiguration server) {
        server.dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(this.server.toString())
                .keystorePassword(PASSWORD)
                .keyManagerPassword(PASSWORD);
    }

    /** For a client who knows its authority, and no other. */
    public SSLContext trusted() {
        try {
            KeyStore known = empty();
            known.setCertificateEntry(
                    AUTHORITY,
                    KeyStore.getInstance(authority.toFile(), PASSWORD.toCharArray())
                            .getCertificate(AUTHORITY));
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
