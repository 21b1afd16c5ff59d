package fr.sas.hub.account;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.configuration.GreenMailConfiguration;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import com.icegreen.greenmail.util.ServerSetupTest;
import com.microsoft.playwright.Page;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.NextSignIn;
import fr.sas.hub.testing.PageReader;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The hub as people meet it: a provider at which they sign in, and a mail server that keeps what they are sent. One hub for all tests of this kind. */
@HubTest
public abstract class PeopleHub {

    private static final String REALM = "people";
    private static final NextSignIn NEXT = new NextSignIn(REALM);
    private static final MockOAuth2Server PROVIDER = NEXT.provider();
    protected static final GreenMail MAIL = mailServer();

    @DynamicPropertySource
    static void people(DynamicPropertyRegistry settings) {
        settings.add("hub.sign-in.issuer", () -> PROVIDER.issuerUrl(REALM).toString());
        settings.add("spring.mail.host", () -> "127.0.0.1");
        settings.add("spring.mail.port", () -> MAIL.getSmtp().getPort());
        settings.add("hub.mail.pages", () -> "https://sas.exemple.fr/");
        settings.add("hub.contact.addressees[0].email", () -> "support@exemple.fr");
        settings.add("hub.contact.addressees[1].email", () -> "incidents-974@exemple.fr");
        settings.add("hub.contact.addressees[1].topic", () -> "incident");
        settings.add("hub.contact.addressees[1].territory", () -> "974");
    }

    @LocalServerPort
    protected int port;

    private static GreenMail mailServer() {
        ServerSetup anyPort = ServerSetupTest.SMTP.dynamicPort();
        GreenMail server = new GreenMail(anyPort)
                .withConfiguration(GreenMailConfiguration.aConfig().withDisabledAuthentication());
        server.start();
        return server;
    }

    /** Somebody by a verified address, in their space once the terms are accepted. */
    protected PageReader signIn(String email, String given, String family) {
        return signIn(
                email, Map.of("email", email, "email_verified", true, "given_name", given, "family_name", family));
    }

    /** A practitioner whom Pro Santé Connect vouches for. @param email verified too */
    protected PageReader practitioner(String nationalId, String email) {
        return signIn(
                nationalId,
                Map.of(
                        "SubjectNameID",
                        nationalId,
                        "email",
                        email,
                        "email_verified",
                        true,
                        "given_name",
                        "Alice",
                        "family_name",
                        "DURAND"));
    }

    /** Somebody whom the provider calls by a name of its own, whatever their verified address is now. */
    protected PageReader signInAs(String subject, String email) {
        return signIn(
                subject,
                Map.of("email", email, "email_verified", true, "given_name", "Camille", "family_name", "MARTIN"));
    }

    /** Where people who sign out here are sent. */
    protected static String wayOut() {
        return PROVIDER.endSessionEndpointUrl(REALM).toString();
    }

    /** In a real browser, up to the first page; {@link #accepts} goes on from the terms. @param subject as the provider calls them */
    protected void arrives(Page page, String subject, Map<String, Object> claims) {
        NEXT.is(subject, new HashMap<>(claims));
        page.navigate("http://localhost:" + port + "/connexion/aller");
    }

    /** The terms, in a real browser. */
    protected static void accepts(Page page) {
        page.getByLabel("Vous acceptez les conditions générales d'utilisation").check();
        page.getByText("Valider").click();
    }

    private PageReader signIn(String subject, Map<String, Object> claims) {
        PageReader person = new PageReader(port);
        NEXT.is(subject, new HashMap<>(claims));
        HttpResponse<String> page = person.signIn();
        if (page.uri().getPath().equals(TermsPage.PATH)) {
            person.submit(TermsPage.PATH, "version", TermsPage.VERSION, "accepted", "true");
        }
        return person;
    }

    /** Mails that came to an address, the oldest first, once there are so many. */
    protected static List<MimeMessage> mailsTo(String address, int howMany) {
        await().until(() -> mailsTo(address).size() >= howMany);
        return mailsTo(address);
    }

    protected static List<MimeMessage> mailsTo(String address) {
        return Arrays.stream(MAIL.getReceivedMessages())
                .filter(mail -> isTo(mail, address))
                .toList();
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return mail.getAllRecipients()[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Subject, a colon, and the plain text on one line. */
    protected static String read(MimeMessage mail) {
        try {
            return (mail.getSubject() + ": " + part(mail, "text/plain"))
                    .replaceAll("[\\s\\h]+", " ")
                    .strip();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    protected static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return (String) part.getContent();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String found = part(parts.getBodyPart(i), type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
