package fr.sas.hub.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** An authority that issues certificates for servers and clients, and revokes them, by the JDK's {@code keytool}. */
public final class TestAuthority {

    public static final String PASSWORD = "changeit";
    private static final String FIRST = "authority";

    private final Path folder;
    private final Path all;
    private final String self;
    private int issued;

    /** @param name such as {@code CN=Autorité, O=SAS} */
    public TestAuthority(String name) {
        self = FIRST;
        try {
            folder = Files.createTempDirectory("hub-authority");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        all = folder.resolve("all.p12");
        run(
                "-genkeypair",
                "-alias",
                self,
                "-keyalg",
                "EC",
                "-dname",
                name,
                "-ext",
                "bc:c",
                "-startdate",
                "-900d",
                "-validity",
                "3000");
    }

    private TestAuthority(TestAuthority above, String self) {
        this.folder = above.folder;
        this.all = above.all;
        this.self = self;
    }

    /** An authority that this one made. @param name as above */
    public TestAuthority between(String name) {
        String alias = self + "-between-" + ++issued;
        run(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                name,
                "-signer",
                self,
                "-ext",
                "bc:c",
                "-startdate",
                "-900d",
                "-validity",
                "3000");
        return new TestAuthority(this, alias);
    }

    /**
     * A second certificate for the key and the name of another authority, as when one vouches for the next.
     *
     * @param days for how many, counted from 100 days ago
     */
    public X509Certificate vouchFor(TestAuthority other, int days) {
        String name = self + "-vouched-" + ++issued;
        Path asked = folder.resolve(name + ".csr");
        Path given = folder.resolve(name + ".cer");
        other.run("-certreq", "-alias", other.self, "-file", asked.toString());
        run(
                "-gencert",
                "-alias",
                self,
                "-ext",
                "bc:c",
                "-startdate",
                "-100d",
                "-validity",
                String.valueOf(days),
                "-infile",
                asked.toString(),
                "-outfile",
                given.toString());
        try (InputStream in = Files.newInputStream(given)) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its own. */
    public X509Certificate certificate() {
        try {
            return (X509Certificate) open(all).getCertificate(self);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param subject its name
     * @param names of a server, as {@code keytool} writes them ({@code dns:localhost,ip:127.0.0.1})
     * @param days for how many, counted from 100 days ago
     * @return a key store of PKCS #12 with its key and its chain
     */
    public Path issue(String subject, String names, int days) {
        String alias = self + "-issued-" + ++issued;
        run(
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-dname",
                subject,
                "-signer",
                self,
                "-ext",
                "san=" + names,
                "-startdate",
                "-100d",
                "-validity",
                String.valueOf(days));
        try {
            KeyStore made = open(all);
            KeyStore shown = empty();
            shown.setKeyEntry(
                    "own",
                    made.getKey(alias, PASSWORD.toCharArray()),
                    PASSWORD.toCharArray(),
                    made.getCertificateChain(alias));
            return store(shown, folder.resolve(alias + ".p12"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public static X509Certificate certificate(Path keyStore) {
        try {
            return (X509Certificate) open(keyStore).getCertificate("own");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The list of what it revoked, PEM. */
    public Path revoke(X509Certificate... certificates) {
        return revoke(0, certificates);
    }

    /** The same, to be renewed within ten days. @param since how many days ago it was made */
    public Path revoke(int since, X509Certificate... certificates) {
        Path list = folder.resolve(self + "-revoked-" + ++issued + ".pem");
        List<String> words = new ArrayList<>(List.of(
                "-gencrl",
                "-rfc",
                "-alias",
                self,
                "-file",
                list.toString(),
                "-startdate",
                "-" + since + "d",
                "-validity",
                "10"));
        Arrays.stream(certificates)
                .forEach(
                        one -> words.addAll(List.of("-id", one.getSerialNumber().toString())));
        run(words.toArray(String[]::new));
        return list;
    }

    /** A key store of PKCS #12 with its certificate, and those of others. */
    public Path trust(TestAuthority... others) {
        try {
            KeyStore trusted = empty();
            trusted.setCertificateEntry(self, open(all).getCertificate(self));
            for (TestAuthority other : others) {
                trusted.setCertificateEntry(other.folder + other.self, other.certificate());
            }
            return store(trusted, folder.resolve(self + "-trust-" + ++issued + ".p12"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What servers that know no key stores read: {@code ca.pem}, {@code certificate.pem} and {@code key.pem}, in a folder. */
    public Path pem(Path keyStore) {
        try {
            Path to = Files.createTempDirectory(folder, "pem");
            KeyStore store = open(keyStore);
            write(
                    to.resolve("ca.pem"),
                    "CERTIFICATE",
                    open(all).getCertificate(self).getEncoded());
            write(
                    to.resolve("certificate.pem"),
                    "CERTIFICATE",
                    store.getCertificate("own").getEncoded());
            write(
                    to.resolve("key.pem"),
                    "PRIVATE KEY",
                    store.getKey("own", PASSWORD.toCharArray()).getEncoded());
            return to;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file, String kind, byte[] what) throws IOException {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(what);
        Files.writeString(file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    }

    /**
     * Knows this authority.
     *
     * @param own a key store to show; null for a client that shows none
     * @param shown in this order, instead of the chain of the key store
     */
    public SSLContext context(@Nullable Path own, X509Certificate... shown) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(open(trust()));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own == null ? empty() : open(own), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            X509ExtendedKeyManager known = (X509ExtendedKeyManager) keys.getKeyManagers()[0];
            context.init(
                    new KeyManager[] {own == null ? known : new Insistent(known, shown)},
                    trust.getTrustManagers(),
                    null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore open(Path file) {
        try {
            return KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path store(KeyStore store, Path file) throws GeneralSecurityException {
        try (OutputStream out = Files.newOutputStream(file)) {
            store.store(out, PASSWORD.toCharArray());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String... more) {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        words.addAll(TestCertificate.STARTED_QUICKLY);
        words.addAll(List.of(more));
        words.addAll(List.of("-keystore", all.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD));
        try {
            Process keytool =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            String said;
            try (InputStream out = keytool.getInputStream()) {
                said = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            }
            if (keytool.onExit().join().exitValue() != 0) {
                throw new IllegalStateException(said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shows its certificate whoever the server says it knows. */
    private static final class Insistent extends X509ExtendedKeyManager {

        private final X509ExtendedKeyManager keys;
        private final X509Certificate[] shown;

        Insistent(X509ExtendedKeyManager keys, X509Certificate[] shown) {
            this.keys = keys;
            this.shown = shown;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal @Nullable [] issuers, SSLEngine engine) {
            return "own";
        }

        @Override
        public String chooseClientAlias(String[] types, Principal @Nullable [] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
            return keys.chooseEngineServerAlias(type, issuers, engine);
        }

        @Override
        public String chooseServerAlias(String type, Principal @Nullable [] issuers, Socket socket) {
            return keys.chooseServerAlias(type, issuers, socket);
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return keys.getClientAliases(type, issuers);
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return keys.getServerAliases(type, issuers);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return shown.length == 0 ? keys.getCertificateChain("own") : shown;
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return keys.getPrivateKey("own");
        }
    }
}
