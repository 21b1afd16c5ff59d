package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.JdbcTemplate;

/** People sign in at a provider and are somebody here, or are told why not (guides 002 and 003, 1.1). */
@PeopleHubTest
class SignInTest {

    @LocalServerPort
    int port;

    @Autowired
    JdbcTemplate jdbc;

    private HubClient platform;

    @BeforeEach
    void the_directory_knows_a_physician_with_a_place_and_one_without() {
        platform = HubClient.at(port).as("test-portal");
        practitioner(
                "810000077701",
                "[{\"structures\": [\"1750000777\"], \"line\": \"1 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        practitioner("810000077702", "[]");
    }

    @Test
    void a_physician_with_a_place_of_practice_accepts_the_terms_and_is_in_their_space() {
        PageReader alice = new PageReader(port);
        String before = alice.session();

        HttpResponse<String> first = signIn(
                alice,
                "alice",
                Map.of("SubjectNameID", "810000077701", "given_name", "Alice", "family_name", "DURAND"));

        assertThat(first.uri().getPath()).isEqualTo("/conditions");
        assertThat(first.body()).contains("Vous acceptez les conditions générales d&#39;utilisation");
        assertThat(alice.session())
                .as("a session of its own since the sign-in")
                .isNotEmpty()
                .isNotEqualTo(before);
        assertThat(alice.open("/espace").uri().getPath())
                .as("nothing opens before")
                .isEqualTo("/conditions");
        assertThat(alice.submit("/conditions", "version", TermsPage.VERSION).body())
                .contains("Cochez la case pour continuer.");

        HttpResponse<String> space = alice.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(space.uri().getPath())
                .as("who never said how they take part is led to say it")
                .isEqualTo("/espace/effecteurs/810000077701/parametres");
        assertThat(space.body()).contains("Bonjour Alice DURAND").contains("SAS - Effecteur");
        assertThat(signIn(new PageReader(port), "alice", Map.of("SubjectNameID", "810000077701"))
                        .uri()
                        .getPath())
                .as("the next time without a click")
                .startsWith("/espace/");
    }

    @Test
    void which_methods_a_page_takes_is_said_to_who_asks() throws Exception {
        practitioner(
                "810000077711",
                "[{\"structures\": [\"1750000777\"], \"line\": \"1 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        PageReader alice = new PageReader(port);
        signIn(
                alice,
                "alice-asks-for-options",
                Map.of("SubjectNameID", "810000077711", "given_name", "Alice", "family_name", "DURAND"));
        alice.acceptTerms();

        HttpResponse<String> options = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/espace"))
                                .header("Cookie", "hub-session=" + alice.session())
                                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());

        assertThat(options.statusCode()).isEqualTo(200);
        assertThat(options.headers().firstValue("Allow"))
                .hasValueSatisfying(methods -> assertThat(methods).contains("GET"));
    }

    @Test
    void the_provider_is_asked_with_a_code_challenge_a_state_and_a_nonce() throws Exception {
        HttpResponse<Void> asked = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + port + "/oauth2/authorization/identite"))
                                .build(),
                        BodyHandlers.discarding());

        assertThat(asked.headers().firstValue("Location").orElseThrow())
                .startsWith(SignInProvider.issuer())
                .contains("response_type=code", "code_challenge=", "code_challenge_method=S256", "state=", "nonce=");
    }

    @Test
    void a_physician_without_a_place_of_practice_is_told_to_ask_their_order_and_everybody_else_their_ars() {
        PageReader bob = new PageReader(port);

        HttpResponse<String> told = signIn(bob, "bob", Map.of("SubjectNameID", "810000077702"));

        assertThat(told.body())
                .contains("rapprochez-vous de votre ARS")
                .contains("vous ne disposez pas de lieux d&#39;exercice sur Santé.fr");
        assertThat(bob.open("/espace").uri().getPath()).isEqualTo("/connexion");
        assertThat(accountsOf("bob")).isZero();
    }

    @Test
    void a_named_manager_is_known_by_their_verified_address_and_by_no_other() {
        name("carole.manager@exemple.fr");
        Map<String, Object> address =
                Map.of("email", "Carole.Manager@exemple.fr", "given_name", "Carole", "family_name", "MARTIN");

        assertThat(signIn(new PageReader(port), "carole-unverified", address).body())
                .contains("rapprochez-vous de votre ARS");
        PageReader carole = new PageReader(port);
        signIn(carole, "carole", with(address, "email_verified", true));
        HttpResponse<String> space = carole.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(space.body()).contains("SAS - Gestionnaire de structures").contains("carole.manager@exemple.fr");
    }

    @Test
    void a_named_account_manager_signs_in_as_such_until_they_are_removed() {
        HttpResponse<String> named = platform.post("/api/v1/account-managers", """
                {"email": "irene.comptes@exemple.fr", "family": "BLANC", "given": "Irène", "territories": ["75"]}""");
        PageReader irene = new PageReader(port);
        signIn(irene, "irene", Map.of("email", "irene.comptes@exemple.fr", "email_verified", true));
        HttpResponse<String> space = irene.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        assertThat(space.body()).contains("SAS - Gestionnaire de comptes");

        platform.delete(named.headers().firstValue("Location").orElseThrow());

        assertThat(irene.open("/espace").body()).doesNotContain("SAS - Gestionnaire de comptes");
    }

    @Test
    void who_comes_by_another_provider_account_with_the_same_address_is_the_same_person() {
        name("dora.manager@exemple.fr");
        Map<String, Object> address = Map.of("email", "dora.manager@exemple.fr", "email_verified", true);
        PageReader dora = new PageReader(port);
        signIn(dora, "dora-password", address);
        dora.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(signIn(new PageReader(port), "dora-psc", address).uri().getPath())
                .isEqualTo("/espace");

        assertThat(accountsOf("dora-password", "dora-psc")).isEqualTo(1);
    }

    @Test
    void who_shares_a_mailbox_with_a_doctor_is_not_the_doctor_and_the_doctor_is_not_them() {
        name("cabinet.manager@exemple.fr");
        practitioner(
                "810000077703",
                "[{\"structures\": [\"1750000779\"], \"line\": \"3 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        Map<String, Object> mailbox = Map.of("email", "cabinet.manager@exemple.fr", "email_verified", true);
        PageReader manager = new PageReader(port);
        signIn(manager, "shared-manager", mailbox);
        manager.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        PageReader doctor = new PageReader(port);
        assertThat(signIn(doctor, "shared-doctor", with(mailbox, "SubjectNameID", "810000077703"))
                        .uri()
                        .getPath())
                .as("an account of their own, with the terms to accept")
                .isEqualTo("/conditions");
        String space = doctor.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true")
                .body();

        assertThat(space).contains("SAS - Effecteur").doesNotContain("SAS - Gestionnaire de structures");
        assertThat(manager.open("/espace").body())
                .contains("SAS - Gestionnaire de structures")
                .doesNotContain("SAS - Effecteur");
        assertThat(signIn(new PageReader(port), "shared-doctor", with(mailbox, "SubjectNameID", "810000077703"))
                        .uri()
                        .getPath())
                .startsWith("/espace/");
    }

    @Test
    void who_comes_with_the_address_of_a_doctors_account_is_told_to_take_another() {
        practitioner(
                "810000077704",
                "[{\"structures\": [\"1750000780\"], \"line\": \"4 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        Map<String, Object> mailbox = Map.of("email", "docteur.manager@exemple.fr", "email_verified", true);
        signIn(new PageReader(port), "owner-doctor", with(mailbox, "SubjectNameID", "810000077704"));
        name("docteur.manager@exemple.fr");

        assertThat(signIn(new PageReader(port), "somebody-else", mailbox).body())
                .contains("celle du compte d&#39;un autre praticien");
    }

    @Test
    void a_card_that_the_provider_linked_to_another_user_leads_to_their_account_from_then_on() {
        practitioner(
                "810000077705",
                "[{\"structures\": [\"1750000781\"], \"line\": \"5 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        name("lise.manager@exemple.fr");
        Map<String, Object> mailbox = Map.of("email", "lise.manager@exemple.fr", "email_verified", true);
        PageReader byCard = new PageReader(port);
        signIn(byCard, "lise-card", Map.of("SubjectNameID", "810000077705"));
        byCard.acceptTerms();
        PageReader byPassword = new PageReader(port);
        signIn(byPassword, "lise-password", mailbox);
        byPassword.acceptTerms();

        PageReader both = new PageReader(port);
        HttpResponse<String> linked = signIn(both, "lise-password", with(mailbox, "SubjectNameID", "810000077705"));

        assertThat(linked.statusCode()).as(linked.body()).isEqualTo(200);
        assertThat(both.open("/espace").body()).contains("SAS - Effecteur", "SAS - Gestionnaire de structures");
        assertThat(byCard.open("/espace").body())
                .as("what was open under the former account")
                .doesNotContain("SAS - Effecteur");
        assertThat(jdbc.queryForList("""
                        SELECT c.before ->> 'practitioner' FROM account_change c JOIN account_identity i ON i.account = c.account
                        WHERE i.subject = 'lise-card' AND c.after ->> 'practitioner' IS NULL""", String.class)).containsExactly("810000077705");
        assertThat(jdbc.queryForList("""
                        SELECT c.after ->> 'practitioner' FROM account_change c JOIN account_identity i ON i.account = c.account
                        WHERE i.subject = 'lise-password' AND c.before IS NOT NULL""", String.class)).containsExactly("810000077705");
    }

    @Test
    void a_card_of_a_closed_account_opens_no_other() {
        practitioner(
                "810000077706",
                "[{\"structures\": [\"1750000782\"], \"line\": \"6 rue des Lilas\", \"postalCode\": \"75011\", \"city\": \"PARIS\"}]");
        name("max.manager@exemple.fr");
        Map<String, Object> mailbox = Map.of("email", "max.manager@exemple.fr", "email_verified", true);
        signIn(new PageReader(port), "max-card", Map.of("SubjectNameID", "810000077706"));
        signIn(new PageReader(port), "max-password", mailbox);
        jdbc.update("UPDATE account_account SET closed_at = now() WHERE practitioner = '810000077706'");

        assertThat(signIn(new PageReader(port), "max-password", with(mailbox, "SubjectNameID", "810000077706"))
                        .body())
                .contains("Ce compte a été fermé");
    }

    @Test
    void a_closed_account_has_no_session_any_more_and_cannot_make_one() {
        name("emile.manager@exemple.fr");
        Map<String, Object> address = Map.of("email", "emile.manager@exemple.fr", "email_verified", true);
        PageReader emile = new PageReader(port);
        signIn(emile, "emile", address);
        emile.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        jdbc.update("UPDATE account_account SET closed_at = now() WHERE email = 'emile.manager@exemple.fr'");

        assertThat(emile.open("/espace").body()).contains("Ce compte a été fermé");
        assertThat(emile.open("/espace").uri().getPath()).isEqualTo("/connexion");
        assertThat(signIn(new PageReader(port), "emile", address).body()).contains("Ce compte a été fermé");
    }

    @Test
    void the_cookie_of_a_session_is_read_by_no_script_and_sent_with_no_form_of_another_site() throws Exception {
        HttpResponse<Void> way = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(
                                        URI.create("http://localhost:" + port + "/oauth2/authorization/identite"))
                                .build(),
                        BodyHandlers.discarding());

        assertThat(way.headers().allValues("Set-Cookie"))
                .anySatisfy(
                        cookie -> assertThat(cookie).startsWith("hub-session=").contains("HttpOnly", "SameSite=Lax"));
    }

    /** "AAAA" is three NULs to who decodes it; PostgreSQL takes none. */
    @Test
    void a_cookie_that_is_no_session_of_ours_is_nobodys() throws Exception {
        for (String cookie : List.of("AAAA", "AA==", "evil", "x".repeat(5_000))) {
            HttpResponse<String> page = get("/aide", "Cookie", "hub-session=" + cookie);
            assertThat(page.statusCode()).as(cookie).isEqualTo(200);
        }
    }

    @Test
    void a_part_fetched_after_the_session_ended_leads_the_browser_to_the_sign_in_and_is_no_page_to_come_back_to()
            throws Exception {
        HttpResponse<String> part = get(
                "/espace/effecteurs/810000000001/parametres/structures?through=cpts&search=a", "HX-Request", "true");

        assertThat(part.statusCode()).isEqualTo(401);
        assertThat(part.headers().firstValue("HX-Redirect")).hasValue("/connexion");
        assertThat(part.body()).isEmpty();
        assertThat(part.headers().firstValue("Set-Cookie")).isEmpty();
    }

    private HttpResponse<String> get(String path, String header, String value) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .header(header, value)
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void who_accepts_the_terms_comes_to_the_page_they_asked_for() {
        name("odile.manager@exemple.fr");
        PageReader odile = new PageReader(port);
        odile.open("/espace/compte");
        signIn(odile, "odile", Map.of("email", "odile.manager@exemple.fr", "email_verified", true));

        assertThat(odile.acceptTerms().uri().getPath()).isEqualTo("/espace/compte");
        assertThat(odile.open("/espace").uri().getPath()).isEqualTo("/espace");
    }

    @Test
    void who_signs_out_is_signed_out_here_and_at_the_provider() {
        name("flora.manager@exemple.fr");
        PageReader flora = new PageReader(port);
        signIn(flora, "flora", Map.of("email", "flora.manager@exemple.fr", "email_verified", true));
        flora.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        flora.submit("/deconnexion");

        assertThat(flora.passed())
                .as("the provider's own door out")
                .anyMatch(address -> address.startsWith(SignInProvider.wayOut()));
        assertThat(flora.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void a_page_of_another_site_signs_nobody_out() {
        name("gil.manager@exemple.fr");
        PageReader gil = new PageReader(port);
        signIn(gil, "gil", Map.of("email", "gil.manager@exemple.fr", "email_verified", true));
        gil.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        gil.open("/assets/people.css");

        HttpResponse<String> told = gil.submit("/deconnexion");

        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(told.body())
                .contains("Cette page est restée ouverte trop longtemps", "href=\"/espace\"", "Vous déconnecter");
        assertThat(gil.open("/espace").uri().getPath()).isEqualTo("/espace");
    }

    @Test
    void a_form_sent_after_the_night_is_given_back_with_the_way_to_it_and_to_scripts_as_a_page_too() throws Exception {
        String form = "http://localhost:" + port + "/aide/contact?sujet=incident";

        HttpResponse<String> told = late("same-origin", form);

        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(told.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(told.body())
                .contains("Cette page est restée ouverte trop longtemps")
                .contains("Ce que vous aviez saisi", "La semaine ne s&#39;affiche plus &lt;b&gt;")
                .contains("href=\"/aide/contact?sujet=incident\"");
    }

    @Test
    void what_another_site_sends_is_not_said_in_our_name() throws Exception {
        HttpResponse<String> told = late("cross-site", "http://localhost:" + port + "//elsewhere.example/");

        assertThat(told.statusCode()).isEqualTo(403);
        assertThat(told.body()).doesNotContain("La semaine", "elsewhere", "Ce que vous aviez saisi");
        assertThat(late("same-origin", "http://localhost:" + port + "//elsewhere.example/")
                        .body())
                .doesNotContain("elsewhere");
    }

    /** By a script of a page whose session is over, as a browser sends it. */
    private HttpResponse<String> late(String site, String from) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/aide/contact"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .header("Accept", "*/*")
                                .header("Accept-Language", "fr")
                                .header("Sec-Fetch-Site", site)
                                .header("Referer", from)
                                .POST(BodyPublishers.ofString("_csrf=gone&message="
                                        + URLEncoder.encode(
                                                "La semaine ne s'affiche plus <b>", StandardCharsets.UTF_8)))
                                .build(),
                        BodyHandlers.ofString());
    }

    @Test
    void what_goes_wrong_with_a_page_is_said_on_a_page_with_a_way_on() {
        name("jade.manager@exemple.fr");
        PageReader jade = new PageReader(port);
        signIn(jade, "jade", Map.of("email", "jade.manager@exemple.fr", "email_verified", true));
        HttpResponse<String> untrue = jade.submit("/conditions", "version", TermsPage.VERSION, "accepted", "vrai");
        jade.open("/conditions");
        jade.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");
        HttpResponse<String> nobody = jade.submit("/espace/profil", "kind", "nope");
        jade.open("/conditions");
        HttpResponse<String> nowhere = jade.open("/espace/nope");
        HttpResponse<String> noProvider = jade.open("/oauth2/authorization/nope");

        assertThat(List.of(untrue.statusCode(), nobody.statusCode(), nowhere.statusCode(), noProvider.statusCode()))
                .containsExactly(400, 400, 404, 404);
        assertThat(List.of(untrue, nobody, nowhere, noProvider))
                .allSatisfy(page -> assertThat(page.body())
                        .contains("<html lang=\"fr\"", "<h1>Votre demande n&#39;a pas abouti</h1>", "href=\"/espace\"")
                        .doesNotContain("accepted", "Whitelabel", "profil"));
    }

    @Test
    void who_signs_out_at_the_provider_is_signed_out_here_when_it_tells_so() throws Exception {
        name("hana.manager@exemple.fr");
        PageReader hana = new PageReader(port);
        signIn(hana, "hana", Map.of("email", "hana.manager@exemple.fr", "email_verified", true, "sid", "s-hana"));
        hana.submit("/conditions", "version", TermsPage.VERSION, "accepted", "true");

        assertThat(backChannel(logoutToken("hana", "s-hana", "someone-else"))).isEqualTo(400);
        assertThat(hana.open("/espace").uri().getPath()).isEqualTo("/espace");
        assertThat(backChannel(logoutToken("hana", "s-hana", "sas-hub"))).isEqualTo(200);
        assertThat(hana.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void an_answer_of_the_provider_that_nobody_here_asked_for_signs_nobody_in() {
        PageReader ivan = new PageReader(port);

        HttpResponse<String> told = ivan.open("/login/oauth2/code/identite?code=stolen&state=forged");

        assertThat(told.body()).contains("La connexion n&#39;a pas abouti");
        assertThat(ivan.open("/espace").uri().getPath()).isEqualTo("/connexion");
    }

    @Test
    void a_code_that_was_used_signs_nobody_in_again() {
        name("lea.manager@exemple.fr");
        PageReader lea = new PageReader(port);
        signIn(lea, "lea", Map.of("email", "lea.manager@exemple.fr", "email_verified", true));
        String answer = lea.passed().stream()
                .filter(address -> address.contains("/login/oauth2/code/"))
                .findFirst()
                .orElseThrow();

        PageReader thief = new PageReader(port);

        assertThat(thief.open(answer).body()).contains("La connexion n&#39;a pas abouti");
        assertThat(thief.open("/espace").uri().getPath()).isEqualTo("/connexion");
        assertThat(lea.open(answer).body()).contains("La connexion n&#39;a pas abouti");
    }

    @Test
    void machines_get_no_session() {
        assertThat(platform.get("/fhir/metadata").headers().firstValue("Set-Cookie"))
                .isEmpty();
        assertThat(platform.get("/api/v1/practitioners/810000077701").headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    private HttpResponse<String> signIn(PageReader person, String subject, Map<String, Object> claims) {
        SignInProvider.next(subject, claims);
        return person.signIn();
    }

    private static Map<String, Object> with(Map<String, Object> claims, String name, Object value) {
        Map<String, Object> more = new HashMap<>(claims);
        more.put(name, value);
        return more;
    }

    private static SignedJWT logoutToken(String subject, String sid, String audience) {
        return SignInProvider.token(new DefaultOAuth2TokenCallback(
                SignInProvider.REALM,
                subject,
                "logout+jwt",
                List.of(audience),
                Map.of(
                        "sid",
                        sid,
                        "jti",
                        UUID.randomUUID().toString(),
                        "events",
                        Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of())),
                120));
    }

    private int backChannel(SignedJWT token) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://localhost:" + port + "/logout/connect/back-channel/identite"))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("logout_token=" + token.serialize()))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private void practitioner(String id, String places) {
        assertThat(platform.put(
                                "/api/v1/practitioners/" + id,
                                "{\"family\": \"DURAND\", \"given\": [\"Alice\"], \"profession\": \"10\", \"places\": "
                                        + places + "}")
                        .statusCode())
                .isIn(200, 201);
    }

    private void name(String email) {
        platform.put("/api/v1/facilities/1750000888", "{\"name\": \"CENTRE DE SANTÉ\", \"kind\": \"cds\"}");
        platform.post(
                "/api/v1/facilities/1750000888/managers",
                "{\"email\": \"" + email + "\", \"family\": \"MARTIN\", \"given\": \"Carole\"}");
    }

    private int accountsOf(String... subjects) {
        return jdbc.queryForObject(
                "SELECT count(DISTINCT account) FROM account_identity WHERE subject = ANY (?)", Integer.class, (Object)
                        subjects);
    }
}
