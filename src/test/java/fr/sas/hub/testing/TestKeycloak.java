package fr.sas.hub.testing;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The real Keycloak, from its zip that Maven unpacks, with the realm and the theme of {@code keycloak/} and a second realm
 * that plays Pro Santé Connect, each under a host name of its own, so that a browser takes them for two sites. Where it was
 * not unpacked, {@link #find} is empty: tests that need it are skipped with {@link #ABSENT}.
 */
public final class TestKeycloak implements AutoCloseable {

    public static final String ABSENT = "no Keycloak: mvn process-test-classes unpacks it into target/keycloak";

    private static final Path HOME = Path.of("target/keycloak/keycloak-26.4.5");
    private static final Path REALM = Path.of("keycloak");
    private static final Path LOG = Path.of("target/test-keycloak.log");
    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final String SECRET = "not-so-secret";
    private static final byte[] LINKS_SECRET = "not-so-secret...".repeat(4).getBytes(StandardCharsets.US_ASCII);
    /** In the address of a link: header, claims, signature. */
    private static final Pattern KEY = Pattern.compile("(?<=[?&]key=)([^.&]+)\\.([^.&]+)\\.[^.&]+");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port = FreePort.next();
    private final Process server;
    private boolean ready;

    private TestKeycloak(String hub, int mailPort) throws IOException {
        Path data = HOME.resolve("data/import");
        Files.createDirectories(data);
        Files.copy(
                REALM.resolve("sas-realm.json"), data.resolve("sas-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(
                Path.of("src/test/resources/keycloak/psc-realm.json"),
                data.resolve("psc-realm.json"),
                StandardCopyOption.REPLACE_EXISTING);
        copy(REALM.resolve("themes/sas"), HOME.resolve("themes/sas"));
        ProcessBuilder process = new ProcessBuilder(
                        "bash",
                        HOME.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--import-realm",
                        "--db=dev-mem",
                        "--cache=local",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port)
                .redirectErrorStream(true)
                .redirectOutput(new File(LOG.toString()));
        process.environment()
                .putAll(Map.ofEntries(
                        Map.entry("JAVA_HOME", System.getProperty("java.home")),
                        Map.entry("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m"),
                        Map.entry(
                                "JAVA_OPTS_APPEND",
                                "-XX:TieredStopAtLevel=1 --add-opens=java.base/java.lang=ALL-UNNAMED"),
                        Map.entry("KC_BOOTSTRAP_ADMIN_USERNAME", "admin"),
                        Map.entry("KC_BOOTSTRAP_ADMIN_PASSWORD", SECRET),
                        Map.entry("KEYCLOAK_URL", url()),
                        Map.entry("HUB_URL", hub),
                        Map.entry("HUB_INNER_URL", hub),
                        Map.entry("HUB_CLIENT_SECRET", SECRET),
                        Map.entry("HUB_ADMIN_CLIENT_SECRET", SECRET),
                        Map.entry("PSC_ISSUER", proSanteConnect()),
                        Map.entry("PSC_AUTHORIZATION_URL", proSanteConnect() + "/protocol/openid-connect/auth"),
                        Map.entry("PSC_CLIENT_ID", "sas"),
                        Map.entry("PSC_CLIENT_SECRET", SECRET),
                        Map.entry("SMTP_HOST", "127.0.0.1"),
                        Map.entry("SMTP_PORT", String.valueOf(mailPort))));
        server = process.start();
    }

    /** One that is about to answer: {@link #awaitReady}. Empty where it was not unpacked. @param hub its address */
    public static Optional<TestKeycloak> find(String hub, int mailPort) {
        if (!Files.isRegularFile(HOME.resolve("bin/kc.sh"))) {
            return Optional.empty();
        }
        try {
            TestKeycloak keycloak = new TestKeycloak(hub, mailPort);
            Runtime.getRuntime().addShutdownHook(new Thread(keycloak::close));
            return Optional.of(keycloak);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it says of itself stands in {@code target/test-keycloak.log}. */
    public void awaitReady() {
        await().atMost(PATIENCE)
                .failFast("Keycloak ended, see " + LOG, () -> !server.isAlive())
                .until(this::answers);
        if (!ready) {
            knowTheSecretOfLinks();
            ready = true;
        }
    }

    private boolean answers() {
        try {
            return send(HttpRequest.newBuilder(URI.create(issuer()))).statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    public String url() {
        return "http://localhost:" + port;
    }

    public String issuer() {
        return url() + "/realms/sas";
    }

    /** The address of the realm that plays it. */
    public String proSanteConnect() {
        return "http://127.0.0.1:" + port + "/realms/psc";
    }

    /** Of the hub's clients. */
    public String secret() {
        return SECRET;
    }

    /** As the hub's admin client of the shipped realm. @param path below the realm, such as {@code /users} */
    public HttpResponse<String> asHub(String method, String path, @Nullable String body) {
        return admin(
                token("sas", "grant_type", "client_credentials", "client_id", "sas-hub-admin", "client_secret", SECRET),
                method,
                "/sas" + path,
                body);
    }

    /** As the administrator of all realms. @param path such as {@code /sas/users}; empty for a new realm */
    public HttpResponse<String> asAdmin(String method, String path, @Nullable String body) {
        return admin(adminToken(), method, path, body);
    }

    /** Good for a minute. */
    public String adminToken() {
        return token(
                "master", "grant_type", "password", "client_id", "admin-cli", "username", "admin", "password", SECRET);
    }

    /** The same link, as if it had been sent so long before: its moments are moved, and it is signed anew. */
    public String aged(String link, Duration by) {
        Matcher key = KEY.matcher(link);
        if (!key.find()) {
            throw new IllegalArgumentException("No link of Keycloak: " + link);
        }
        try {
            ObjectNode claims =
                    (ObjectNode) JSON.readTree(Base64.getUrlDecoder().decode(key.group(2)));
            for (String moment : List.of("iat", "exp")) {
                claims.put(moment, claims.get(moment).asLong() - by.toSeconds());
            }
            String signed = key.group(1) + "." + base64(JSON.writeValueAsBytes(claims));
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(LINKS_SECRET, "HmacSHA512"));
            String token = signed + "." + base64(mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
            return link.substring(0, key.start(1)) + token + link.substring(key.end());
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Links are signed with a secret that is known here. */
    private void knowTheSecretOfLinks() {
        HttpResponse<String> made = asAdmin("POST", "/sas/components", """
                {"name": "links of the tests", "providerId": "hmac-generated", "providerType": "org.keycloak.keys.KeyProvider",
                 "config": {"priority": ["1000"], "algorithm": ["HS512"], "kid": ["tests"], "secret": ["%s"]}}""".formatted(base64(LINKS_SECRET)));
        if (made.statusCode() != 201) {
            throw new IllegalStateException("The secret of links is not taken: " + made.body());
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Answers nobody until {@link #goOn}. */
    public void holdStill() {
        signal("STOP");
    }

    public void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        Stream.concat(Stream.of(server.toHandle()), server.descendants()).forEach(process -> {
            try {
                new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private HttpResponse<String> admin(String token, String method, String path, @Nullable String body) {
        return send(HttpRequest.newBuilder(URI.create(url() + "/admin/realms" + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body)));
    }

    private String token(String realm, String... form) {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(URI.create(url() + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form(form))));
        try {
            JsonNode told = JSON.readTree(answer.body());
            return told.required("access_token").textValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String form(String... namesAndValues) {
        return Stream.iterate(0, i -> i < namesAndValues.length, i -> i + 2)
                .map(i -> namesAndValues[i] + "=" + URLEncoder.encode(namesAndValues[i + 1], StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() {
        server.descendants().forEach(ProcessHandle::destroy);
        server.destroy();
    }
}
