package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** People come by Pro Santé Connect, and are linked to the account that they have (guides 002 and 003, 1.1). */
class ProSanteConnectTest extends ShippedRealm {

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
        assertThat(Axe.breachesInLightAndDark(alice)).isEmpty();
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

        assertThat(Axe.breachesInLightAndDark(boris)).isEmpty();
        Browser.picture(boris, "keycloak-existing");
        assertThat(heading(boris)).isEqualToIgnoringCase("Ce compte existe déjà");
        assertThat(boris.textContent("body"))
                .contains("L'utilisateur email: boris.petit@exemple.fr existe déjà. Que souhaitez-vous faire\u202f?");
        click(boris, "Vérifiez vos informations de profil");
        assertThat(heading(boris)).isEqualToIgnoringCase("Mise à jour du compte");
        typeAddress(boris, "boris.petit@exemple.fr");
        click(boris, "Souhaitez-vous lier votre SAS-Pro Santé Connect à votre compte existant");
        assertThat(Axe.breachesInLightAndDark(boris)).isEmpty();
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
    void whoever_links_an_address_they_typed_without_looking_at_it_again_shows_the_password_of_its_account()
            throws Exception {
        practises("810000066606");
        account("farid.henry@exemple.fr", password(GOOD, Instant.now()));
        Page farid = atProSanteConnect("farid");
        typeAddress(farid, "farid.henry@exemple.fr");
        click(farid, "Souhaitez-vous lier votre SAS-Pro Santé Connect à votre compte existant");

        assertThat(Axe.breachesInLightAndDark(farid)).isEmpty();
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

        Page late = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
        late.navigate(keycloak.aged(link, Duration.ofSeconds(301)));
        assertThat(Axe.breachesInLightAndDark(late)).isEmpty();
        Browser.picture(late, "keycloak-expired");
        assertThat(late.textContent("body")).contains("Ce lien n'est plus valable");
        late.navigate(hub("/espace"));
        assertThat(path(late)).isEqualTo("/connexion");
        String inTime = keycloak.aged(link, Duration.ofSeconds(240));
        chloe.navigate(inTime);
        assertThat(path(chloe)).isEqualTo("/conditions");
        Page again = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
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
    void S11_whoever_has_no_place_of_practice_is_told_what_to_do() throws Exception {
        Page denis = atProSanteConnect("denis");
        typeAddress(denis, "denis.roux@exemple.fr");

        denis.navigate(link(mailTo("denis.roux@exemple.fr")));

        assertThat(denis.textContent("main"))
                .contains("rapprochez-vous de votre ARS", "vous ne disposez pas de lieux d'exercice sur Santé.fr");
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
    void an_account_that_has_its_card_is_not_joined_by_another_one() throws Exception {
        practises("810000066611");
        Page mona = atProSanteConnect("mona");
        typeAddress(mona, "mona.perrin@exemple.fr");
        mona.navigate(link(mailTo("mona.perrin@exemple.fr")));
        acceptTheTerms(mona);

        Page ilyes = atProSanteConnect("ilyes");
        linkByMail(ilyes, "mona.perrin@exemple.fr");
        ilyes.navigate(link(mailTo("mona.perrin@exemple.fr", "Rattachement de SAS-Pro Santé Connect à votre compte")));

        assertThat(Axe.breachesInLightAndDark(ilyes)).isEmpty();
        Browser.picture(ilyes, "keycloak-other-card");
        ilyes.navigate(hub("/espace"));
        assertThat(path(ilyes)).isEqualTo("/connexion");
    }

    /** Up to the mail that links. */
    private static void linkByMail(Page page, String address) {
        typeAddress(page, address);
        click(page, "Vérifiez vos informations de profil");
        typeAddress(page, address);
        click(page, "Souhaitez-vous lier votre SAS-Pro Santé Connect à votre compte existant");
    }
}
