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
import fr.sas.hub.testing.Browser;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.OlderRealm;
import fr.sas.hub.testing.TestKeycloak;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.InternetAddress;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** People sign in at the Keycloak realm that is shipped, in a real browser, as the guides describe (002 and 003, 1.1 to 1.4). */
@HubTest
class ShippedRealmTest {

    private static final int HUB = TestKeycloak.freePort();
    private static final GreenMail MAIL = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private static final Pattern LINK = Pattern.compile("http://\\S+action-token\\S+");
    private static final Pattern KEY = Pattern.compile("[?&]key=[^.]+\\.([^.]+)\\.");
    private static final String GOOD = "Un-Mot-de-passe-2026";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static TestKeycloak keycloak;
    private static Browser browser;

    private HubClient platform;
    private HubClient ops;

    @BeforeAll
    static void keycloak_starts() {
        browser = Browser.open();
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

    @AfterAll
    static void all_of_it_stops() {
        if (browser != null) {
            browser.close();
        }
        if (keycloak != null) {
            keycloak.close();
        }
        MAIL.stop();
    }

    @BeforeEach
    void keycloak_is_ready() {
        keycloak.awaitReady();
        platform = HubClient.at(HUB).as("test-portal");
        ops = HubClient.at(HUB).as("test-ops");
    }

    @Test
    void S2_S3_S8_S9_S10_S12_HC5_a_physician_comes_by_pro_sante_connect_for_the_first_time_then_again_without_a_click()
            throws Exception {
        practises("810000066601");
        Page alice = atProSanteConnect("alice");

        assertThat(heading(alice)).isEqualToIgnoringCase("Mise à jour du compte");
        assertThat(alice.inputValue("#firstName")).isEqualTo("Alice");
        assertThat(alice.inputValue("#lastName")).isEqualTo("DURAND");
        assertThat(alice.textContent("main"))
                .contains("Prénom", "NOM", "Adresse électronique", "Indiquez l'adresse de votre compte");
        assertThat(alice.textContent("#sas-back")).isEqualTo("Retour");
        click(alice, "Soumettre");
        assertThat(heading(alice)).as("not without an address").isEqualToIgnoringCase("Mise à jour du compte");
        typeAddress(alice, "alice.durand@exemple.fr");
        Browser.picture(alice, "keycloak-verification");
        assertThat(heading(alice)).isEqualToIgnoringCase("Vérification du courriel");
        assertThat(alice.textContent("body"))
                .contains("Vous devez vérifier votre courriel pour activer votre compte", "renvoyer le courriel");

        MimeMessage mail = mailTo("alice.durand@exemple.fr");
        assertThat(text(mail))
                .contains(
                        "Quelqu'un vient de créer un compte \"Service d'accès aux soins\" avec votre courriel.",
                        "Ce lien expire dans 5 minutes.");
        assertThat(lifeOf(link(mail))).isEqualTo(Duration.ofMinutes(5));
        assertThat(mail.getFrom()[0].toString()).contains("nepasrepondre@sante.fr");
        alice.navigate(link(mail));
        acceptTheTerms(alice);
        assertThat(alice.textContent("body")).contains("SAS - Effecteur", "alice.durand@exemple.fr");

        Page again = atProSanteConnect("alice");
        assertThat(path(again)).startsWith("/espace");
    }

    @Test
    void S4_S5_S6_an_address_that_has_an_account_is_linked_by_a_mail_and_opens_it_both_ways() throws Exception {
        practises("810000066602");
        account("boris.petit@exemple.fr", password(GOOD, Instant.now()));
        Page boris = atProSanteConnect("boris");
        typeAddress(boris, "boris.petit@exemple.fr");

        Browser.picture(boris, "keycloak-existing");
        assertThat(heading(boris)).isEqualToIgnoringCase("Ce compte existe déjà");
        assertThat(boris.textContent("body"))
                .contains("L'utilisateur email: boris.petit@exemple.fr existe déjà. Que souhaitez-vous faire ?");
        click(boris, "Vérifiez vos informations de profil");
        assertThat(heading(boris)).isEqualToIgnoringCase("Mise à jour du compte");
        typeAddress(boris, "boris.petit@exemple.fr");
        click(boris, "Souhaitez-vous lier votre SAS-Pro Santé Connect à votre compte existant");
        Browser.picture(boris, "keycloak-association");
        assertThat(heading(boris)).isEqualToIgnoringCase("Association avec SAS-Pro Santé Connect");

        MimeMessage mail = mailTo("boris.petit@exemple.fr");
        assertThat(text(mail))
                .contains(
                        "une tentative de connexion à la plateforme 'SAS' via 'Pro Santé Connect' a été identifiée",
                        "Ce lien expire dans 5 minutes.");
        assertThat(lifeOf(link(mail))).isEqualTo(Duration.ofMinutes(5));
        boris.navigate(link(mail));
        acceptTheTerms(boris);
        assertThat(boris.textContent("body")).contains("SAS - Effecteur");

        Page byPassword = atPassword();
        signIn(byPassword, "boris.petit@exemple.fr", GOOD);
        assertThat(path(byPassword)).as("the same account").startsWith("/espace");
        assertThat(byPassword.textContent("body")).contains("SAS - Effecteur");
    }

    @Test
    void who_links_an_address_they_typed_without_looking_at_it_again_shows_the_password_of_its_account()
            throws Exception {
        practises("810000066606");
        account("farid.henry@exemple.fr", password(GOOD, Instant.now()));
        Page farid = atProSanteConnect("farid");
        typeAddress(farid, "farid.henry@exemple.fr");
        click(farid, "Souhaitez-vous lier votre SAS-Pro Santé Connect à votre compte existant");

        Browser.picture(farid, "keycloak-reauthenticate");
        assertThat(farid.textContent("body")).contains("Saisissez le mot de passe de votre compte");
        farid.fill("#password", "Pas-Le-Bon-2026!");
        farid.waitForNavigation(() -> farid.click("#kc-login"));
        assertThat(farid.textContent("body")).contains("Adresse électronique ou mot de passe incorrect.");
        farid.fill("#password", GOOD);
        farid.waitForNavigation(() -> farid.click("#kc-login"));
        acceptTheTerms(farid);
        assertThat(farid.textContent("body")).contains("SAS - Effecteur", "farid.henry@exemple.fr");
    }

    @Test
    void S5_the_link_is_good_for_5_minutes_and_once() throws Exception {
        practises("810000066603");
        account("chloe.moreau@exemple.fr", password(GOOD, Instant.now()));
        Page chloe = atProSanteConnect("chloe");
        linkByMail(chloe, "chloe.moreau@exemple.fr");
        String link = link(mailTo("chloe.moreau@exemple.fr"));

        Page late = browser.page("fr-FR", ColorScheme.LIGHT);
        late.navigate(keycloak.aged(link, Duration.ofSeconds(301)));
        Browser.picture(late, "keycloak-expired");
        assertThat(late.textContent("body")).contains("Ce lien n'est plus valable");
        late.navigate(hub("/espace"));
        assertThat(path(late)).isEqualTo("/connexion");
        String inTime = keycloak.aged(link, Duration.ofSeconds(240));
        chloe.navigate(inTime);
        assertThat(path(chloe)).isEqualTo("/conditions");
        Page again = browser.page("fr-FR", ColorScheme.LIGHT);
        again.navigate(inTime);
        again.navigate(hub("/espace"));
        assertThat(path(again)).as("once").isEqualTo("/connexion");
    }

    @Test
    void S7_cliquez_ici_sends_the_link_again() throws Exception {
        practises("810000066610");
        account("lina.caron@exemple.fr", password(GOOD, Instant.now()));
        Page lina = atProSanteConnect("lina");
        linkByMail(lina, "lina.caron@exemple.fr");
        String first = link(mailTo("lina.caron@exemple.fr"));
        MAIL.purgeEmailFromAllMailboxes();

        assertThat(lina.locator("#instruction2 a").textContent()).isEqualToIgnoringCase("Cliquez ici");
        lina.waitForNavigation(() -> lina.locator("#instruction2 a").click());

        String second = link(mailTo("lina.caron@exemple.fr"));
        assertThat(second).isNotEqualTo(first);
        lina.navigate(second);
        assertThat(path(lina)).isEqualTo("/conditions");
    }

    @Test
    void S11_who_has_no_place_of_practice_is_told_what_to_do() throws Exception {
        Page denis = atProSanteConnect("denis");
        typeAddress(denis, "denis.roux@exemple.fr");

        denis.navigate(link(mailTo("denis.roux@exemple.fr")));

        assertThat(denis.textContent("main"))
                .contains("rapprochez-vous de votre ARS", "vous ne disposez pas de lieux d'exercice sur Santé.fr");
    }

    @Test
    void S14_S15_S18_an_account_made_here_gets_the_welcome_mail_a_password_and_its_space() throws Exception {
        make("flavie.leroux@exemple.fr");

        MimeMessage mail = mailTo("flavie.leroux@exemple.fr");
        assertThat(mail.getSubject()).isEqualTo("Mail d'activation SAS");
        assertThat(mail.getFrom()).containsExactly(new InternetAddress("nepasrepondre@sante.fr", "Santé.fr", "UTF-8"));
        assertThat(text(mail))
                .contains(
                        "En tant qu'utilisateur sur un territoire pilote du Service d'Accès aux Soins, vous pouvez accéder"
                                + " dès maintenant à la plateforme digitale SAS.",
                        "L'équipe SAS");
        assertThat(lifeOf(link(mail))).isEqualTo(Duration.ofHours(72));
        Page flavie = invited(link(mail));
        Browser.picture(flavie, "keycloak-password");
        assertThat(heading(flavie)).isEqualToIgnoringCase("Vos identifiants de connexion");
        assertThat(flavie.textContent("main"))
                .contains(
                        "Vous pouvez modifier ici les identifiants de connexion indiqués lors de votre inscription sur"
                                + " Santé.fr.",
                        "Adresse électronique associée à votre compte :",
                        "flavie.leroux@exemple.fr",
                        "Votre nouveau mot de passe *",
                        "Avant de valider la création de votre compte, nous vous invitons à consulter les",
                        "conditions générales d'utilisation et la politique de confidentialité");
        choose(flavie, GOOD);
        Browser.picture(flavie, "keycloak-first-password");
        assertThat(flavie.textContent("main")).contains("Votre mot de passe est enregistré.");
        Page space = flavie;
        space.waitForNavigation(() -> space.click("a:has-text('Continuer vers le Service d')"));
        assertThat(space.textContent("main")).contains("Adresse électronique", "Mot de passe", "Mot de passe oublié ?");
        assertThat(space.textContent("#kc-login").strip()).isEqualToIgnoringCase("Connexion");
        signIn(space, "flavie.leroux@exemple.fr", GOOD);
        acceptTheTerms(space);
        assertThat(space.textContent("body")).contains("Bonjour Flavie LEROUX", "flavie.leroux@exemple.fr");
    }

    @Test
    void S16_who_comes_too_late_with_the_welcome_link_gets_another_by_mot_de_passe_oublie() throws Exception {
        make("noe.leroux@exemple.fr");
        Page noe = browser.page("fr-FR", ColorScheme.LIGHT);

        noe.navigate(keycloak.aged(
                link(mailTo("noe.leroux@exemple.fr")), Duration.ofHours(72).plusSeconds(1)));
        assertThat(noe.textContent("body")).contains("Ce lien n'est plus valable");
        noe.navigate(hub("/connexion/aller"));
        forgotten(noe, "noe.leroux@exemple.fr");
        noe.navigate(link(mailTo("noe.leroux@exemple.fr", "Mot de passe oublié")));
        choose(noe, GOOD);

        acceptTheTerms(noe);
        assertThat(noe.textContent("body")).contains("noe.leroux@exemple.fr");
    }

    @Test
    void S17_each_rule_of_a_password_is_shown_and_told() throws Exception {
        make("olga.leroux@exemple.fr");
        Page olga = invited(link(mailTo("olga.leroux@exemple.fr")));

        assertThat(olga.textContent("body"))
                .contains("Le mot de passe doit respecter le format :", "12 caractères au moins", "au moins 1 chiffre")
                .contains("au moins 1 caractère spécial (!@#$%^&*()_+=-~`{ } \" ? : > < , . / ; ' \\ [ ])")
                .contains("des lettres minuscules et majuscules");
        assertThat(refusalOf(olga, "Abc-efgh1jk")).contains("12 caractères au moins");
        assertThat(refusalOf(olga, "Abc-efghijklm")).contains("au moins 1 chiffre");
        assertThat(refusalOf(olga, "Abc2efghijklm")).contains("au moins 1 caractère spécial");
        assertThat(refusalOf(olga, "abc-efghijkl1")).contains("il manque une majuscule");
        assertThat(refusalOf(olga, "ABC-EFGHIJKL1")).contains("il manque une minuscule");
    }

    @Test
    void S19_a_wrong_password_and_an_unknown_address_are_told_alike_and_ten_wrong_ones_close_the_door()
            throws Exception {
        String account = account("paul.leroux@exemple.fr", password(GOOD, Instant.now()));
        Page paul = atPassword();
        signIn(paul, "personne@exemple.fr", "Pas-Le-Bon-2026!");
        assertThat(paul.textContent("main")).contains("Adresse électronique ou mot de passe incorrect.");
        for (int i = 0; i < 10; i++) {
            signIn(paul, "paul.leroux@exemple.fr", "Pas-Le-Bon-2026!");
            assertThat(paul.textContent("main")).contains("Adresse électronique ou mot de passe incorrect.");
        }

        signIn(paul, "paul.leroux@exemple.fr", GOOD);
        assertThat(paul.textContent("main")).contains("Adresse électronique ou mot de passe incorrect.");
        assertThat(keycloak.asHub("GET", "/attack-detection/brute-force/users/" + account, null)
                        .body())
                .contains("\"disabled\":true");
        keycloak.asHub("DELETE", "/attack-detection/brute-force/users/" + account, null);
        signIn(paul, "paul.leroux@exemple.fr", GOOD);
        assertThat(paul.url()).startsWith(hub("/"));
    }

    @Test
    void S13_a_practitioner_who_is_a_regulator_too_gives_that_address_and_is_both() throws Exception {
        practises("810000066612");
        String account = make("rene.marchand@exemple.fr");
        Page rene = atProSanteConnect("rene");
        linkByMail(rene, "rene.marchand@exemple.fr");
        rene.navigate(link(mailTo("rene.marchand@exemple.fr", "Rattachement de SAS-Pro Santé Connect")));
        acceptTheTerms(rene);

        assertThat(rene.textContent("body")).contains("SAS - Effecteur");
        assertThat(platform.get(account).body()).contains("\"regulator\"", "\"practitioner\"");
    }

    @Test
    void S20_the_menu_leads_to_the_page_where_address_and_password_are_changed() throws Exception {
        manager("sonia.manager@exemple.fr", password(GOOD, Instant.now()));
        Page sonia = atPassword();
        signIn(sonia, "sonia.manager@exemple.fr", GOOD);
        acceptTheTerms(sonia);

        sonia.click("details.account summary");
        sonia.click("text=Vos identifiants de connexion");
        assertThat(heading(sonia)).isEqualTo("Vos identifiants de connexion");
        assertThat(sonia.textContent("main")).contains("sonia.manager@exemple.fr");
        sonia.click("text=MODIFIER VOTRE ADRESSE");
        sonia.waitForSelector("#email");
        Browser.picture(sonia, "keycloak-account");
        assertThat(sonia.url()).startsWith(keycloak.issuer() + "/account");
        assertThat(sonia.inputValue("#email")).isEqualTo("sonia.manager@exemple.fr");
        sonia.navigate(hub("/espace/compte"));
        sonia.click("text=MODIFIER VOTRE MOT DE PASSE");
        sonia.waitForSelector("h1:has-text('Vos identifiants de connexion')");
        assertThat(sonia.url()).startsWith(keycloak.issuer() + "/account/account-security/signing-in");
    }

    @Test
    void a_changed_address_and_a_closed_account_are_so_at_keycloak_too() throws Exception {
        String account = make("tom.leroux@exemple.fr");
        choose(invited(link(mailTo("tom.leroux@exemple.fr"))), GOOD);

        assertThat(platform.put(account, regulator("tom.blanc@exemple.fr")).statusCode())
                .isEqualTo(200);
        assertThat(mailTo("tom.blanc@exemple.fr").getSubject()).isEqualTo("Mail d'activation SAS");
        assertThat(usersOf("tom.leroux@exemple.fr")).isEqualTo("[]");
        choose(invited(link(mailTo("tom.blanc@exemple.fr"))), "Un-Autre-Mot-2026!");
        Page tom = atPassword();
        signIn(tom, "tom.blanc@exemple.fr", "Un-Autre-Mot-2026!");
        acceptTheTerms(tom);

        platform.post(account + "/close", "");
        await().atMost(PATIENCE).until(() -> usersOf("tom.blanc@exemple.fr").contains("\"enabled\":false"));
        tom.navigate(hub("/espace"));
        assertThat(path(tom)).startsWith("/connexion");
        Page again = atPassword();
        signIn(again, "tom.blanc@exemple.fr", "Un-Autre-Mot-2026!");
        assertThat(again.url()).startsWith(keycloak.issuer());
    }

    @Test
    void what_is_changed_while_keycloak_is_away_arrives_when_it_is_back() throws Exception {
        keycloak.holdStill();
        try {
            make("ugo.leroux@exemple.fr");
            await().atMost(PATIENCE)
                    .until(() ->
                            ops.get("/api/v1/outbox/keycloak?limit=1000").body().contains("attempts\":1"));
        } finally {
            keycloak.goOn();
        }

        choose(invited(link(mailTo("ugo.leroux@exemple.fr"))), GOOD);
        Page ugo = atPassword();
        signIn(ugo, "ugo.leroux@exemple.fr", GOOD);
        assertThat(path(ugo)).isEqualTo("/conditions");
    }

    @Test
    void the_national_id_is_what_pro_sante_connect_says_at_this_sign_in_never_what_an_account_holds() throws Exception {
        practises("810000066609");
        String account = manager("lea.manager@exemple.fr", password(GOOD, Instant.now()));
        keycloak.asHub("PUT", "/users/" + account, """
                {"email": "lea.manager@exemple.fr", "firstName": "Léa", "lastName": "MARTIN",
                 "attributes": {"SubjectNameID": ["810000066609"]}}""");

        Page lea = atPassword();
        signIn(lea, "lea.manager@exemple.fr", GOOD);
        acceptTheTerms(lea);

        assertThat(lea.textContent("body"))
                .contains("SAS - Gestionnaire de structures")
                .doesNotContain("SAS - Effecteur");
    }

    @Test
    void whoever_reads_the_mailbox_of_an_account_of_pro_sante_connect_gets_no_password_to_it() throws Exception {
        practises("810000066607");
        Page gael = atProSanteConnect("gael");
        typeAddress(gael, "gael.fontaine@exemple.fr");
        gael.navigate(link(mailTo("gael.fontaine@exemple.fr")));
        acceptTheTerms(gael);

        Page thief = atPassword();
        assertThat(forgotten(thief, "gael.fontaine@exemple.fr")).isEqualTo(forgotten(thief, "personne@exemple.fr"));
        thief.navigate(link(mailTo("gael.fontaine@exemple.fr", "Mot de passe oublié")));

        Browser.picture(thief, "keycloak-no-password-by-mail");
        assertThat(thief.textContent("body")).contains("Identifiez-vous avec Pro Santé Connect");
        assertThat(thief.locator("#password-new").count()).isZero();
        thief.navigate(hub("/espace"));
        assertThat(path(thief)).isEqualTo("/connexion");
    }

    @Test
    void a_practitioner_who_has_a_password_too_may_forget_it_as_everybody_else() throws Exception {
        practises("810000066608");
        account("karim.lambert@exemple.fr", password("Ancien-Mot-2025!", Instant.now()));
        Page karim = atProSanteConnect("karim");
        typeAddress(karim, "karim.lambert@exemple.fr");
        click(karim, "Souhaitez-vous lier votre SAS-Pro Santé Connect à votre compte existant");
        karim.fill("#password", "Ancien-Mot-2025!");
        karim.waitForNavigation(() -> karim.click("#kc-login"));
        acceptTheTerms(karim);

        Page elsewhere = atPassword();
        forgotten(elsewhere, "karim.lambert@exemple.fr");
        elsewhere.navigate(link(mailTo("karim.lambert@exemple.fr", "Mot de passe oublié")));
        choose(elsewhere, GOOD);

        assertThat(elsewhere.textContent("body")).contains("SAS - Effecteur", "karim.lambert@exemple.fr");
    }

    @Test
    void an_account_that_has_its_card_is_not_joined_by_another_one() throws Exception {
        practises("810000066611");
        Page mona = atProSanteConnect("mona");
        typeAddress(mona, "mona.perrin@exemple.fr");
        mona.navigate(link(mailTo("mona.perrin@exemple.fr")));
        acceptTheTerms(mona);

        Page ilyes = atProSanteConnect("ilyes");
        linkByMail(ilyes, "mona.perrin@exemple.fr");
        ilyes.navigate(link(mailTo("mona.perrin@exemple.fr", "Rattachement de SAS-Pro Santé Connect à votre compte")));

        Browser.picture(ilyes, "keycloak-other-card");
        ilyes.navigate(hub("/espace"));
        assertThat(path(ilyes)).isEqualTo("/connexion");
    }

    @Test
    void S22_S23_a_forgotten_password_is_replaced_by_a_link_of_72_hours_that_works_once() throws Exception {
        manager("gabin.manager@exemple.fr", password("Ancien-Mot-2025!", Instant.now()));
        Page gabin = atPassword();
        String toUnknown = forgotten(gabin, "personne@exemple.fr");
        String toKnown = forgotten(gabin, "gabin.manager@exemple.fr");
        MimeMessage mail = mailTo("gabin.manager@exemple.fr", "Mot de passe oublié");

        assertThat(toKnown).as("nobody learns who has an account").isEqualTo(toUnknown);
        assertThat(lifeOf(link(mail))).isEqualTo(Duration.ofHours(72));
        Page late = browser.page("fr-FR", ColorScheme.LIGHT);
        late.navigate(keycloak.aged(link(mail), Duration.ofHours(72).plusSeconds(1)));
        assertThat(late.textContent("body")).contains("Ce lien n'est plus valable");
        String inTime = keycloak.aged(link(mail), Duration.ofHours(71).plusMinutes(50));
        gabin.navigate(inTime);
        choose(gabin, GOOD);
        acceptTheTerms(gabin);
        assertThat(gabin.textContent("body")).contains("gabin.manager@exemple.fr");

        Page again = browser.page("fr-FR", ColorScheme.LIGHT);
        again.navigate(inTime);
        assertThat(again.locator("#password-new").count()).isZero();
    }

    @Test
    void S25_a_password_of_four_months_ago_is_changed_before_anything_opens() throws Exception {
        manager("hugo.manager@exemple.fr", password(GOOD, Instant.now().minus(Duration.ofDays(121))));
        manager("ines.manager@exemple.fr", password(GOOD, Instant.now().minus(Duration.ofDays(119))));

        Page hugo = atPassword();
        signIn(hugo, "hugo.manager@exemple.fr", GOOD);
        assertThat(heading(hugo)).isEqualToIgnoringCase("Vos identifiants de connexion");
        assertThat(refusalOf(hugo, GOOD)).contains("déjà été utilisé");
        choose(hugo, "Un-Autre-Mot-2026!");
        assertThat(path(hugo)).isEqualTo("/conditions");

        Page ines = atPassword();
        signIn(ines, "ines.manager@exemple.fr", GOOD);
        assertThat(path(ines)).isEqualTo("/conditions");
    }

    @Test
    void S28_who_signs_out_is_signed_out_at_keycloak_and_at_pro_sante_connect_too() throws Exception {
        practises("810000066605");
        Page elsa = atProSanteConnect("elsa");
        typeAddress(elsa, "elsa.girard@exemple.fr");
        elsa.navigate(link(mailTo("elsa.girard@exemple.fr")));
        acceptTheTerms(elsa);

        elsa.click("details.account summary");
        click(elsa, "Vous déconnecter");

        elsa.waitForURL(hub("/connexion"));
        elsa.navigate(hub("/connexion/aller"));
        assertThat(elsa.locator("#password").count())
                .as("Keycloak asks who it is")
                .isOne();
        elsa.navigate(hub("/connexion/aller?par=psc"));
        assertThat(elsa.url()).startsWith(keycloak.proSanteConnect());
    }

    @Test
    void S28_who_is_signed_out_at_keycloak_has_no_session_here() throws Exception {
        String account = manager("jules.manager@exemple.fr", password(GOOD, Instant.now()));
        Page jules = atPassword();
        signIn(jules, "jules.manager@exemple.fr", GOOD);
        acceptTheTerms(jules);

        keycloak.asHub("POST", "/users/" + account + "/logout", null);

        await().atMost(Duration.ofSeconds(20)).until(() -> {
            jules.navigate(hub("/espace"));
            return path(jules).equals("/connexion");
        });
    }

    @Test
    void the_hubs_admin_client_looks_after_accounts_and_after_nothing_else() {
        assertThat(keycloak.asHub("GET", "/users?max=1", null).statusCode()).isEqualTo(200);
        assertThat(keycloak.asHub("GET", "/clients", null).statusCode()).isEqualTo(403);
        assertThat(keycloak.asHub("PUT", "", "{\"passwordPolicy\": \"length(1)\"}")
                        .statusCode())
                .isEqualTo(403);
        assertThat(keycloak.asHub("GET", "/events", null).statusCode()).isEqualTo(403);
    }

    @Test
    void a_realm_that_was_imported_before_is_brought_to_what_is_shipped_by_a_script_that_may_run_again() {
        assumeTrue(OlderRealm.mayBeRenewed(), OlderRealm.ABSENT);
        OlderRealm older = OlderRealm.importInto(keycloak);
        String shipped = older.renewable("sas");
        String rest = older.rest();
        assertThat(older.renewable()).as("before").isNotEqualTo(shipped);

        older.renew();
        assertThat(older.renewable()).isEqualTo(shipped);
        older.renew();

        assertThat(older.renewable()).as("twice").isEqualTo(shipped);
        assertThat(older.rest()).as("and nothing else").isEqualTo(rest);
    }

    private Page atProSanteConnect(String who) {
        Page page = browser.page("fr-FR", ColorScheme.LIGHT);
        page.navigate(hub("/connexion"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("S'identifier avec Pro Santé Connect"))
                .click();
        page.fill("#username", who);
        page.fill("#password", "1234");
        page.waitForNavigation(() -> page.click("#kc-login"));
        return page;
    }

    private static Page atPassword() {
        Page page = browser.page("fr-FR", ColorScheme.LIGHT);
        page.navigate(hub("/connexion"));
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Se connecter à votre compte"))
                .click();
        return page;
    }

    private static void signIn(Page page, String address, String password) {
        page.fill("#username", address);
        page.fill("#password", password);
        page.waitForNavigation(() -> page.click("#kc-login"));
    }

    private static void typeAddress(Page page, String address) {
        page.fill("#email", address);
        click(page, "Soumettre");
    }

    private static void click(Page page, String button) {
        var named = page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true));
        page.waitForNavigation(named::click);
    }

    private static String heading(Page page) {
        return page.textContent("h1").strip();
    }

    private static void choose(Page page, String password) {
        page.fill("#password-new", password);
        page.fill("#password-confirm", password);
        click(page, "Valider");
    }

    private static String refusalOf(Page page, String password) {
        choose(page, password);
        return page.textContent(".pf-v5-c-alert");
    }

    /** @return what the page then says */
    private static String forgotten(Page page, String address) {
        page.click("a:has-text('Mot de passe oublié')");
        assertThat(page.textContent("body")).contains("Merci d'indiquer votre adresse email");
        page.fill("#username", address);
        click(page, "Envoyer");
        return page.textContent(".pf-v5-c-alert").strip();
    }

    private static void acceptTheTerms(Page page) {
        assertThat(path(page)).isEqualTo("/conditions");
        page.check("input[name=accepted]");
        click(page, "Valider");
        assertThat(path(page)).startsWith("/espace");
    }

    private static String hub(String path) {
        return "http://localhost:" + HUB + path;
    }

    private static String path(Page page) {
        return URI.create(page.url()).getPath();
    }

    private static MimeMessage mailTo(String address) {
        return mailTo(address, "");
    }

    /** The first one. @param subject the beginning of it */
    private static MimeMessage mailTo(String address, String subject) {
        Supplier<Optional<MimeMessage>> sent = () -> Arrays.stream(MAIL.getReceivedMessages())
                .filter(mail -> isTo(mail, address) && subjectOf(mail).startsWith(subject))
                .findFirst();
        await().atMost(Duration.ofSeconds(90)).until(() -> sent.get().isPresent());
        return sent.get().orElseThrow();
    }

    private static boolean isTo(MimeMessage mail, String address) {
        try {
            return mail.getRecipients(Message.RecipientType.TO)[0].toString().equals(address);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subjectOf(MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage mail) throws MessagingException, IOException {
        return ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent().toString();
    }

    private static String link(MimeMessage mail) throws MessagingException, IOException {
        Matcher link = LINK.matcher(text(mail));
        assertThat(link.find()).isTrue();
        return link.group();
    }

    private static Duration lifeOf(String link) throws IOException {
        return Duration.ofSeconds(
                claims(link).get("exp").asLong() - claims(link).get("iat").asLong());
    }

    private static JsonNode claims(String link) throws IOException {
        Matcher key = KEY.matcher(link);
        assertThat(key.find()).isTrue();
        return JSON.readTree(Base64.getUrlDecoder().decode(key.group(1)));
    }

    /** Made by the platform, with the welcome mail. @return its address here */
    private String make(String address) {
        HttpResponse<String> made = platform.post("/api/v1/accounts", regulator(address));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.headers().firstValue("Location").orElseThrow();
    }

    /** Named by the first part of the address. */
    private static String regulator(String address) {
        String given = address.substring(0, 1).toUpperCase(Locale.ROOT) + address.substring(1, address.indexOf('.'));
        return """
                {"email": "%s", "family": "LEROUX", "given": "%s", "roles": ["regulator"]}""".formatted(address, given);
    }

    /** The page of a first password. */
    private static Page invited(String link) {
        Page page = browser.page("fr-FR", ColorScheme.LIGHT);
        page.navigate(link);
        page.locator("a:has-text('Cliquez ici')").click();
        return page;
    }

    /** Up to the mail that links. */
    private static void linkByMail(Page page, String address) {
        typeAddress(page, address);
        click(page, "Vérifiez vos informations de profil");
        typeAddress(page, address);
        click(page, "Souhaitez-vous lier votre SAS-Pro Santé Connect à votre compte existant");
    }

    private static String usersOf(String address) {
        return keycloak.asHub("GET", "/users?exact=true&email=" + address, null).body();
    }

    /** @param password null for none yet @return the account's id at Keycloak */
    private static String account(String address, @Nullable String password) {
        HttpResponse<String> made =
                keycloak.asHub("POST", "/users", """
                {"username": "%1$s", "email": "%1$s", "emailVerified": true, "enabled": true, "firstName": "Prénom",
                 "lastName": "NOM", "credentials": [%2$s]}""".formatted(address, password == null ? "" : password));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String location = made.headers().firstValue("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** As Keycloak keeps it since some day. */
    private static String password(String password, Instant since) throws GeneralSecurityException {
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

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void practises(String physician) {
        assertThat(platform.put("/api/v1/practitioners/" + physician, """
                                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures":
                                 ["1750000666"], "line": "1 rue des Lilas", "postalCode": "75011", "city": "PARIS"}]}""").statusCode())
                .isIn(200, 201);
    }

    /** Known at Keycloak before the hub tells of them. @return the account's id at Keycloak */
    private String manager(String address, String password) {
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
