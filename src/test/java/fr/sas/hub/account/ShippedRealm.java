package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.FreePort;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.TestKeycloak;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The Keycloak realm that is shipped, where people sign in with a real browser. One Keycloak and one hub for all tests of this kind. */
@HubTest
abstract class ShippedRealm {

    static final int HUB = FreePort.next();
    static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Pattern LINK = Pattern.compile("http://\\S+action-token\\S+");
    private static final Pattern KEY = Pattern.compile("[?&]key=[^.]+\\.([^.]+)\\.");
    static final String GOOD = "Un-Mot-de-passe-2026";
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    @RegisterExtension
    static final OpenBrowser BROWSER = new OpenBrowser();

    static TestKeycloak keycloak;

    HubClient platform;
    HubClient ops;

    /** With the first of these classes; it ends with the last test of all. */
    @BeforeAll
    static void keycloak_starts() {
        if (keycloak != null) {
            return;
        }
        MAIL.start();
        Optional<TestKeycloak> found = TestKeycloak.find(hub(""), MAIL.getSmtp().getPort());
        assumeTrue(found.isPresent(), TestKeycloak.ABSENT);
        keycloak = found.orElseThrow();
    }

    @DynamicPropertySource
    static void provider(DynamicPropertyRegistry settings) {
        settings.add("server.port", () -> HUB);
        settings.add("hub.sign-in.issuer", () -> keycloak.issuer());
        settings.add("hub.sign-in.client-secret", () -> "keycloak");
        settings.add("hub.sign-in.pro-sante-connect-hint", () -> "psc");
        settings.add("hub.secrets.keycloak", () -> keycloak.secret());
        settings.add("hub.sign-in.account-page", () -> keycloak.issuer() + "/account");
        settings.add("hub.keycloak.client-id", () -> "sas-hub-admin");
        settings.add("hub.keycloak.client-secret", () -> "keycloak");
        settings.add("hub.mail.pages", () -> hub("/"));
    }

    @BeforeEach
    void keycloak_is_ready() {
        keycloak.awaitReady();
        platform = HubClient.at(HUB).as("test-portal");
        ops = HubClient.at(HUB).as("test-ops");
    }

    Page atProSanteConnect(String who) {
        Page page = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
        page.navigate(hub("/connexion"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("S'identifier avec Pro Santé Connect"))
                .click();
        page.fill("#username", who);
        page.fill("#password", "1234");
        page.waitForNavigation(() -> page.click("#kc-login"));
        return page;
    }

    static Page atPassword() {
        Page page = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
        page.navigate(hub("/connexion"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Se connecter à votre compte"))
                .click();
        return page;
    }

    static void signIn(Page page, String address, String password) {
        page.fill("#username", address);
        page.fill("#password", password);
        page.waitForNavigation(() -> page.click("#kc-login"));
    }

    static void typeAddress(Page page, String address) {
        page.fill("#email", address);
        click(page, "Soumettre");
    }

    static void click(Page page, String button) {
        var named = page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true));
        page.waitForNavigation(named::click);
    }

    static String heading(Page page) {
        return page.textContent("h1").strip();
    }

    static void choose(Page page, String password) {
        page.fill("#password-new", password);
        page.fill("#password-confirm", password);
        click(page, "Valider");
    }

    /** @return what the page then says */
    static String forgotten(Page page, String address) {
        page.click("a:has-text('Mot de passe oublié')");
        assertThat(page.textContent("body")).contains("Merci d'indiquer votre adresse email");
        page.fill("#username", address);
        click(page, "Envoyer");
        return page.textContent(".pf-v5-c-alert").strip();
    }

    static void acceptTheTerms(Page page) {
        assertThat(path(page)).isEqualTo("/conditions");
        page.check("input[name=accepted]");
        click(page, "Valider");
        assertThat(path(page)).startsWith("/espace");
    }

    static String hub(String path) {
        return "http://localhost:" + HUB + path;
    }

    static String path(Page page) {
        return URI.create(page.url()).getPath();
    }

    static MimeMessage mailTo(String address) {
        return mailTo(address, "");
    }

    /** The first one. @param subject the beginning of it */
    static MimeMessage mailTo(String address, String subject) {
        Supplier<Optional<MimeMessage>> sent = () -> Arrays.stream(MAIL.getReceivedMessages())
                .filter(mail -> isTo(mail, address) && subjectOf(mail).startsWith(subject))
                .findFirst();
        await().atMost(Duration.ofSeconds(90)).until(() -> sent.get().isPresent());
        return sent.get().orElseThrow();
    }

    static boolean isTo(MimeMessage mail, String address) {
        try {
            return mail.getRecipients(Message.RecipientType.TO)[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String subjectOf(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    static String text(MimeMessage mail) throws MessagingException, IOException {
        return ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent().toString();
    }

    static String link(MimeMessage mail) throws MessagingException, IOException {
        Matcher link = LINK.matcher(text(mail));
        assertThat(link.find()).isTrue();
        return link.group();
    }

    static Duration lifeOf(String link) throws IOException {
        return Duration.ofSeconds(
                claims(link).get("exp").asLong() - claims(link).get("iat").asLong());
    }

    static JsonNode claims(String link) throws IOException {
        Matcher key = KEY.matcher(link);
        assertThat(key.find()).isTrue();
        return JSON.readTree(Base64.getUrlDecoder().decode(key.group(1)));
    }

    /** Made by the platform, with the welcome mail. @return its address here */
    String make(String address) {
        HttpResponse<String> made = platform.post("/api/v1/accounts", regulator(address));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.headers().firstValue("Location").orElseThrow();
    }

    /** Named by the first part of the address. */
    static String regulator(String address) {
        String given = address.substring(0, 1).toUpperCase(Locale.ROOT) + address.substring(1, address.indexOf('.'));
        return """
                {"email": "%s", "family": "LEROUX", "given": "%s", "roles": ["regulator"]}""".formatted(address, given);
    }

    /** The page of a first password. */
    static Page invited(String link) {
        Page page = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
        page.navigate(link);
        page.locator("a:has-text('Cliquez ici')").click();
        return page;
    }

    static String usersOf(String address) {
        return keycloak.asHub("GET", "/users?exact=true&email=" + address, null).body();
    }

    /** @param password null for none yet @return the account's id at Keycloak */
    static String account(String address, @Nullable String password) {
        HttpResponse<String> made =
                keycloak.asHub("POST", "/users", """
                {"username": "%1$s", "email": "%1$s", "emailVerified": true, "enabled": true, "firstName": "Prénom",
                 "lastName": "NOM", "credentials": [%2$s]}""".formatted(address, password == null ? "" : password));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** As Keycloak keeps it since some day. */
    static String password(String password, Instant since) throws GeneralSecurityException {
        byte[] salt = "sixteen bytes ..".getBytes(StandardCharsets.UTF_8);
        byte[] hash = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, 1000, 512))
                .getEncoded();
        return JSON.createObjectNode()
                .put("type", "password")
                .put("createdDate", since.toEpochMilli())
                .put("secretData", "{\"value\":\"" + base64(hash) + "\",\"salt\":\"" + base64(salt) + "\"}")
                .put("credentialData", "{\"hashIterations\":1000,\"algorithm\":\"pbkdf2-sha512\"}")
                .toString();
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    void practises(String physician) {
        assertThat(platform.put("/api/v1/practitioners/" + physician, """
                                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures":
                                 ["1750000666"], "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS"}]}""").statusCode())
                .isIn(200, 201);
    }

    /** Known at Keycloak before the hub tells of them. @return the account's id at Keycloak */
    String manager(String address, String password) {
        String account = account(address, password);
        platform.put("/api/v1/facilities/1750000667", "{\"name\": \"CENTRE DE SANTÉ\", \"kind\": \"cds\"}");
        assertThat(platform.post(
                                "/api/v1/facilities/1750000667/managers",
                                "{\"email\": \"" + address + "\", \"family\": \"MARTIN\", \"given\": \"Carole\"}")
                        .statusCode())
                .isEqualTo(201);
        return account;
    }
}
