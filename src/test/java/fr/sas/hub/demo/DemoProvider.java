package fr.sas.hub.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.VendorBook.Doctor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.springframework.web.util.HtmlUtils;

/**
 * Stands in for the identity provider: a page with the demo's people, one click each. What follows is the real code flow;
 * who they are here, the hub finds out by itself.
 */
final class DemoProvider implements AutoCloseable {

    /** What is theirs here is typed by {@link DemoEntries}. */
    static final String MANAGER = "noa.petit@exemple.fr";

    static final String DELEGATE = "camille@exemple.fr";
    static final String ASSISTANT = "andrea@exemple.fr";
    static final String ACCOUNT_MANAGER = "comptes@exemple.fr";
    static final String REGULATOR = "regulation@exemple.fr";
    static final String OPS = "exploitation@exemple.fr";

    private static final String REALM = "demo";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PAGE = """
            <!doctype html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Identification de démonstration</title>
            <style>
            :root { color-scheme: light dark; font: 1.0625rem/1.55 system-ui, sans-serif; }
            main { max-width: 34rem; margin: 3rem auto; padding: 0 1rem; }
            button { font: inherit; width: 100%%; text-align: left; padding: .8rem 1rem; margin: .3rem 0; border-radius: .4rem; border: 1px solid; cursor: pointer; }
            button small { display: block; opacity: .8; }
            </style>
            </head>
            <body>
            <main>
            <h1>Identification de démonstration</h1>
            <p>Cette page tient lieu de Pro Santé Connect et des mots de passe : choisissez qui vous êtes.</p>
            %s
            </main>
            </body>
            </html>
            """;

    /** @param who as the button says */
    record Somebody(String who, String what, Map<String, Object> claims) {}

    private final MockOAuth2Server server;
    private final List<Somebody> people;

    private DemoProvider(MockOAuth2Server server, List<Somebody> people) {
        this.server = server;
        this.people = people;
    }

    /** @param home where the page is kept */
    static DemoProvider start(List<Doctor> doctors, Path home) throws IOException {
        List<Somebody> people = List.of(
                doctor(doctors.get(6), "Médecin, avec logiciel : son logiciel et son agenda offrent des créneaux"),
                doctor(DemoHub.withoutSoftware(doctors), "Médecin, sans logiciel : seul son agenda offre des créneaux"),
                doctor(DemoHub.withTwoPlaces(doctors), "Médecin, deux lieux d'exercice"),
                doctor(DemoHub.onAFirstVisit(doctors), "Médecin, première visite : rien n'est encore rempli"),
                somebody("Noa", "PETIT", MANAGER, "Gestionnaire du centre de santé du Marché"),
                somebody("Andrea", "COSTE", ASSISTANT, "Délégataire de " + name(DemoHub.withoutSoftware(doctors))),
                somebody(
                        "Camille",
                        "MARTIN",
                        DELEGATE,
                        "Délégataire de " + name(doctors.get(6)) + ", une fois demandé et accepté"),
                somebody("Sacha", "BLANC", ACCOUNT_MANAGER, "Gestionnaire de comptes"),
                somebody("Morgane", "LEROUX", REGULATOR, "Régulatrice"),
                somebody("Robin", "SIMON", OPS, "Exploitation : la console est à /console"),
                somebody("Lou", "NEUF", "lou@exemple.fr", "Inconnu de la plateforme"));
        Path page = home.resolve("identification.html");
        Files.writeString(
                page,
                PAGE.formatted(String.join(
                        "\n", people.stream().map(DemoProvider::button).toList())));
        MockOAuth2Server server = new MockOAuth2Server(new OAuth2Config(true, page.toString()));
        server.start(InetAddress.getLoopbackAddress(), 0);
        return new DemoProvider(server, people);
    }

    String issuer() {
        return server.issuerUrl(REALM).toString();
    }

    List<Somebody> people() {
        return people;
    }

    private static Somebody doctor(Doctor doctor, String what) {
        Map<String, Object> claims = reachable(doctor.given(), doctor.family(), email(doctor));
        claims.put("SubjectNameID", doctor.nationalId());
        return new Somebody(name(doctor), what, claims);
    }

    private static String name(Doctor doctor) {
        return doctor.given() + " " + doctor.family();
    }

    private static Somebody somebody(String given, String family, String email, String what) {
        return new Somebody(given + " " + family, what, reachable(given, family, email));
    }

    /** Such as {@code lea.dubois@exemple.fr}. */
    static String email(Doctor doctor) {
        String name = Normalizer.normalize(doctor.given() + "." + doctor.family(), Normalizer.Form.NFD);
        return name.replaceAll("[^\\p{ASCII}]", "")
                        .replaceAll("[^A-Za-z.-]", "-")
                        .toLowerCase(Locale.ROOT) + "@exemple.fr";
    }

    private static Map<String, Object> reachable(String given, String family, String email) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("given_name", given);
        claims.put("family_name", family);
        claims.put("email", email);
        claims.put("email_verified", true);
        return claims;
    }

    private static String button(Somebody person) {
        return """
                <form method="post">
                <input type="hidden" name="username" value="%s"><input type="hidden" name="claims" value="%s">
                <button>%s <small>%s</small></button>
                </form>""".formatted(
                        HtmlUtils.htmlEscape(person.who),
                        HtmlUtils.htmlEscape(json(person.claims)),
                        HtmlUtils.htmlEscape(person.who),
                        HtmlUtils.htmlEscape(person.what));
    }

    private static String json(Map<String, Object> claims) {
        try {
            return JSON.writeValueAsString(claims);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.shutdown();
    }
}
