package fr.sas.hub.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.testing.Axe;
import fr.sas.hub.testing.Browser;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** People have a password: the first one, a wrong one, a forgotten one, an old one (guides 002 and 003, 1.1 to 1.4). */
class PasswordsTest extends ShippedRealm {

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
        assertThat(Axe.breachesInLightAndDark(flavie)).isEmpty();
        Browser.picture(flavie, "keycloak-password");
        assertThat(heading(flavie)).isEqualToIgnoringCase("Vos identifiants de connexion");
        assertThat(flavie.textContent("main"))
                .contains(
                        "Vous pouvez modifier ici les identifiants de connexion indiqués lors de votre inscription sur"
                                + " Santé.fr.",
                        "Adresse électronique associée à votre compte\u00a0:",
                        "flavie.leroux@exemple.fr",
                        "Votre nouveau mot de passe *",
                        "Avant de valider la création de votre compte, nous vous invitons à consulter les",
                        "conditions générales d'utilisation et la politique de confidentialité");
        choose(flavie, GOOD);
        assertThat(Axe.breachesInLightAndDark(flavie)).isEmpty();
        Browser.picture(flavie, "keycloak-first-password");
        assertThat(flavie.textContent("main")).contains("Votre mot de passe est enregistré.");
        Page space = flavie;
        space.waitForNavigation(() -> space.click("a:has-text('Continuer vers le Service d')"));
        assertThat(space.textContent("main"))
                .contains("Adresse électronique", "Mot de passe", "Mot de passe oublié\u202f?");
        assertThat(space.textContent("#kc-login").strip()).isEqualToIgnoringCase("Connexion");
        signIn(space, "flavie.leroux@exemple.fr", GOOD);
        acceptTheTerms(space);
        assertThat(space.textContent("body")).contains("Bonjour Flavie LEROUX", "flavie.leroux@exemple.fr");
    }

    @Test
    void S16_whoever_comes_too_late_with_the_welcome_link_gets_another_by_mot_de_passe_oublie() throws Exception {
        make("noe.leroux@exemple.fr");
        Page noe = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);

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
                .contains(
                        "Le mot de passe doit respecter le format\u00a0:",
                        "12 caractères au moins",
                        "au moins 1 chiffre")
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
    void S20_the_menu_leads_to_the_page_where_address_and_password_are_changed() throws Exception {
        manager("sonia.manager@exemple.fr", password(GOOD, Instant.now()));
        Page sonia = atPassword();
        signIn(sonia, "sonia.manager@exemple.fr", GOOD);
        acceptTheTerms(sonia);

        sonia.click("details.account summary");
        sonia.click("text=Vos identifiants de connexion");
        assertThat(heading(sonia)).isEqualTo("Vos identifiants de connexion");
        assertThat(sonia.textContent("main"))
                .contains(
                        "Vous pouvez modifier ici les identifiants de connexion indiqués lors de votre inscription à"
                                + " SAS.Santé.fr.",
                        "sonia.manager@exemple.fr");
        sonia.navigate(hub("/espace/compte?langue=en"));
        assertThat(sonia.textContent("main"))
                .contains("Here you can change the sign-in details you gave when you registered at SAS.Santé.fr.");
        sonia.navigate(hub("/espace/compte?langue=fr"));
        sonia.click("text=MODIFIER VOTRE ADRESSE");
        sonia.waitForSelector("#email");
        assertThat(Axe.breachesInLightAndDark(sonia)).isEmpty();
        Browser.picture(sonia, "keycloak-account");
        assertThat(sonia.url()).startsWith(keycloak.issuer() + "/account");
        assertThat(sonia.inputValue("#email")).isEqualTo("sonia.manager@exemple.fr");
        sonia.navigate(hub("/espace/compte"));
        sonia.click("text=MODIFIER VOTRE MOT DE PASSE");
        sonia.waitForSelector("h1:has-text('Vos identifiants de connexion')");
        assertThat(sonia.url()).startsWith(keycloak.issuer() + "/account/account-security/signing-in");
    }

    @Test
    void S21_another_password_is_chosen_from_the_page_of_the_account_and_opens_the_space_from_then_on()
            throws Exception {
        manager("lena.manager@exemple.fr", password(GOOD, Instant.now()));
        Page lena = atPassword();
        signIn(lena, "lena.manager@exemple.fr", GOOD);
        acceptTheTerms(lena);

        lena.navigate(hub("/espace/compte"));
        lena.click("text=MODIFIER VOTRE MOT DE PASSE");
        lena.locator("[data-testid='password/credential-list'] button").first().click();
        assertThat(heading(lena)).isEqualToIgnoringCase("Vos identifiants de connexion");
        choose(lena, "Un-Autre-Mot-2026!");
        lena.waitForURL(keycloak.issuer() + "/account/account-security/signing-in**");

        lena.navigate(hub("/espace"));
        assertThat(heading(lena)).contains("Bonjour");
        Page elsewhere = atPassword();
        signIn(elsewhere, "lena.manager@exemple.fr", GOOD);
        assertThat(elsewhere.textContent("main")).contains("Adresse électronique ou mot de passe incorrect.");
        signIn(elsewhere, "lena.manager@exemple.fr", "Un-Autre-Mot-2026!");
        assertThat(heading(elsewhere)).contains("Bonjour");
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
        Page late = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
        late.navigate(keycloak.aged(link(mail), Duration.ofHours(72).plusSeconds(1)));
        assertThat(late.textContent("body")).contains("Ce lien n'est plus valable");
        String inTime = keycloak.aged(link(mail), Duration.ofHours(71).plusMinutes(50));
        gabin.navigate(inTime);
        choose(gabin, GOOD);
        acceptTheTerms(gabin);
        assertThat(gabin.textContent("body")).contains("gabin.manager@exemple.fr");

        Page again = BROWSER.get().page("fr-FR", ColorScheme.LIGHT);
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
    void whoever_reads_the_mailbox_of_an_account_of_pro_sante_connect_gets_no_password_to_it() throws Exception {
        practises("810000066607");
        Page gael = atProSanteConnect("gael");
        typeAddress(gael, "gael.fontaine@exemple.fr");
        gael.navigate(link(mailTo("gael.fontaine@exemple.fr")));
        acceptTheTerms(gael);

        Page thief = atPassword();
        assertThat(forgotten(thief, "gael.fontaine@exemple.fr")).isEqualTo(forgotten(thief, "personne@exemple.fr"));
        thief.navigate(link(mailTo("gael.fontaine@exemple.fr", "Mot de passe oublié")));

        assertThat(Axe.breachesInLightAndDark(thief)).isEmpty();
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

    private static String refusalOf(Page page, String password) {
        choose(page, password);
        return page.textContent(".pf-v5-c-alert");
    }
}
