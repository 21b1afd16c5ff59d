package fr.sas.hub.testing;

import com.microsoft.playwright.Page;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.SignedJWT;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.OAuth2TokenCallback;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Stands in for the identity provider of all tests of one JVM: whom it signs in next is told before. */
public final class SignInProvider implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    public static final String REALM = "sas";
    private static final String HUB = "sas-hub";
    private static final NextSignIn NEXT = new NextSignIn(REALM);
    private static final MockOAuth2Server SERVER = NEXT.provider();

    @Override
    public void initialize(ConfigurableApplicationContext hub) {
        TestPropertyValues.of(settings()).applyTo(hub);
    }

    /** Of a node at which people sign in here. */
    public static String[] settings() {
        return new String[] {
            "hub.sign-in.issuer=" + issuer(), "hub.sign-in.client-secret=provider", "hub.secrets.provider=not-so-secret"
        };
    }

    public static String issuer() {
        return SERVER.issuerUrl(REALM).toString();
    }

    /** Where people who sign out here are sent. */
    public static String wayOut() {
        return SERVER.endSessionEndpointUrl(REALM).toString();
    }

    /** @param subject by which the provider knows the person who signs in next */
    public static void next(String subject, Map<String, Object> claims) {
        NEXT.is(subject, claims);
    }

    public static SignedJWT token(OAuth2TokenCallback said) {
        return SERVER.issueToken(REALM, HUB, said);
    }

    /** In place of the ID token of the next sign-in, or no answer at all. */
    public static TamperedTokens tampered() {
        return NEXT.tampered();
    }

    /** The key with which the provider signs. */
    public static JWK key() {
        return NEXT.key();
    }

    /** The claims of a practitioner, as Pro Santé Connect makes them. */
    public static Map<String, Object> practitioner(String nationalId, String given, String family) {
        return Map.of("SubjectNameID", nationalId, "given_name", given, "family_name", family);
    }

    /** The claims of anybody else, known by their address. */
    public static Map<String, Object> address(String email, String given, String family) {
        return Map.of("email", email, "email_verified", true, "given_name", given, "family_name", family);
    }

    /** In a real browser, the terms accepted: ends in their space. @param hub base address without slash at the end */
    public static void signIn(Page page, String hub, String subject, Map<String, Object> claims) {
        next(subject, claims);
        page.navigate(hub + "/connexion/aller");
        if (page.url().endsWith("/conditions")) {
            page.getByLabel("Vous acceptez les conditions générales d'utilisation")
                    .check();
            page.getByText("Valider").click();
        }
    }

    /** Without a browser, the terms accepted. */
    public static PageReader signIn(int port, String subject, Map<String, Object> claims) {
        PageReader reader = new PageReader(port);
        next(subject, claims);
        if (reader.signIn().uri().getPath().equals("/conditions")) {
            reader.acceptTerms();
        }
        return reader;
    }
}
