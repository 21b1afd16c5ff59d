package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.Centre;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.SignInProvider;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** From the front page to the way out, with the mails between: what the guides say of accounts and delegates, walked in a browser. */
class AccountWalksTest extends PeopleHub {

    private static final Pattern LINK = Pattern.compile("https://sas\\.exemple\\.fr(/\\S*)");

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    private People people;

    @BeforeEach
    void alice_works_in_paris() {
        people = new People(port);
    }

    @Test
    void S1_both_buttons_of_the_front_page_lead_to_the_sign_in() {
        Page page = opened("/");
        assertThat(page.locator("h1")).hasText("Bienvenue sur la plateforme numérique du Service d'Accès aux Soins");
        assertThat(page.locator("main")).containsText("Connectez-vous à votre compte");
        assertThat(page.locator("main")).containsText("Identifiez-vous pour accéder au Service d'Accès aux Soins");
        Locator buttons = page.getByText("Se connecter", new Page.GetByTextOptions().setExact(true));
        assertThat(buttons).hasCount(2);

        for (int button = 0; button < 2; button++) {
            page.navigate(hub("/"));
            buttons.nth(button).click();
            assertThat(page).hasURL(hub("/connexion"));
            assertThat(page.locator("main")).containsText("MOYEN DE CONNEXION PRÉCONISÉ");
            assertThat(page.getByText("S'identifier avec Pro Santé Connect")).isVisible();
        }
    }

    @Test
    void S10_S12_HC6_nothing_opens_before_the_terms_are_accepted_and_the_next_time_is_seamless() {
        Page page = page();
        arrives(page, "first-" + people.alice, practitioner());
        assertThat(page.locator("h1")).hasText("Conditions générales d'utilisation");
        page.navigate(hub("/espace"));
        assertThat(page).hasURL(hub("/conditions"));
        accepts(page);
        assertThat(page).hasURL(hub("/espace/effecteurs/" + people.alice + "/parametres"));

        Page again = page();
        arrives(again, "first-" + people.alice, practitioner());
        again.navigate(hub("/espace"));
        assertThat(again.locator("h1")).hasText("Bonjour Alice DURAND");
    }

    @Test
    void S11_whoever_has_no_place_of_practice_reads_whom_to_ask() {
        String bob = "8199" + people.alice.substring(4);
        people.platform().put("/api/v1/practitioners/" + bob, """
                {"family": "PETIT", "given": ["Bob"], "profession": "10", "places": []}""");
        Page page = page();
        arrives(page, "bob-" + bob, SignInProvider.practitioner(bob, "Bob", "PETIT"));

        assertThat(page.locator("h1")).hasText("Vos lieux d'exercice");
        assertThat(page.locator("main"))
                .containsText(
                        "Si vous êtes régulateur, gestionnaires de comptes, délégataires et ou gestionnaire de structures, et que vous souhaitez utiliser le SAS, rapprochez-vous de votre ARS");
        assertThat(page.locator("main"))
                .containsText(
                        "Si vous êtes effecteur, vous ne pouvez pas effectuer d'action dans le SAS car vous ne disposez pas de lieux d'exercice sur Santé.fr");
        page.navigate(hub("/espace"));
        assertThat(page).hasURL(hub("/connexion"));
    }

    /** The provider joins both ways in by the address; to the hub they are one subject of it. */
    @Test
    void S13_a_regulator_who_comes_by_pro_sante_connect_with_the_same_address_is_a_practitioner_in_the_same_account() {
        String email = people.email("alice.regule");
        madeForARegulator(email);
        Page byPassword = page();
        arrives(byPassword, email, SignInProvider.address(email, "Alice", "DURAND"));
        accepts(byPassword);

        Page byCard = page();
        Map<String, Object> claims = practitioner();
        claims.putAll(SignInProvider.address(email, "Alice", "DURAND"));
        arrives(byCard, email, claims);

        assertThat(byCard).hasURL(hub("/espace/effecteurs/" + people.alice + "/parametres"));
        Page comptes = accountManager();
        comptes.navigate(hub("/espace/comptes?recherche=" + email));
        assertThat(comptes.locator("table tr:has(td)")).hasCount(1);
        assertThat(comptes.locator("table")).containsText("Effecteur de soins");
        assertThat(comptes.locator("table")).containsText("Régulateur");
    }

    @Test
    void S26_AM1_AM4_AM5_an_account_made_moved_and_welcomed_again_has_its_mail_each_time() {
        String rene = people.email("rene");
        String moved = people.email("rene.garnier");
        Page page = accountManager();
        page.getByText("Comptes", new Page.GetByTextOptions().setExact(true)).click();
        page.getByText("Créer un compte").click();
        page.getByLabel("Nom *", exactly()).fill("GARNIER");
        page.getByLabel("Prénom *").fill("René");
        page.getByLabel("Adresse électronique *").fill(rene);
        page.getByLabel("Régulateur, OSNP ou IOA").check();
        page.getByText("Enregistrer").click();
        assertThat(page.locator("[role=status]")).hasText("Le compte est créé ; le mail de bienvenue est envoyé.");
        assertThat(read(mailsTo(rene, 1).getFirst())).startsWith("Mail d'activation SAS");

        page.getByLabel("Adresse électronique *").fill(moved);
        page.getByText("Enregistrer").click();
        assertThat(page.locator("[role=status]"))
                .hasText("L'adresse est modifiée ; le mail de bienvenue est envoyé à la nouvelle adresse.");
        assertThat(read(mailsTo(moved, 1).getFirst())).startsWith("Mail d'activation SAS");

        page.getByText("Renvoyer le mail de bienvenue").click();
        assertThat(page.locator("[role=status]")).hasText("Le mail de bienvenue est envoyé.");
        mailsTo(moved, 2);
    }

    @Test
    void HC3_HC4_HC5_FM1_AM8_the_manager_of_a_centre_found_by_its_name_follows_a_link_of_their_mail_to_it() {
        String noa = people.email("noa");
        String name = "Centre des Tilleuls " + people.centre;
        people.platform().put("/api/v1/facilities/" + people.centre, """
                {"name": "%s", "kind": "cds", "line": "2 rue des Tilleuls", "postalCode": "75001", "city": "VILLE"}""".formatted(name));
        Page page = accountManager();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Gestionnaires de structures"))
                .click();
        page.getByLabel("Nom de la structure").fill("tilleuls " + people.centre);
        page.getByText("Chercher").click();
        assertThat(page.locator("main")).containsText(name);
        page.locator("main").getByText("Ses gestionnaires").click();
        page.getByLabel("Nom *", exactly()).fill("PETIT");
        page.getByLabel("Prénom *").fill("Noa");
        page.getByLabel("Adresse électronique *").fill(noa);
        page.getByText("Valider").click();
        assertThat(page.locator("[role=status]")).hasText("Le gestionnaire est nommé.");

        String mail = read(mailsTo(noa, 1).getFirst());
        assertThat(mail).contains("carte CPE ou CPA", "Vous n'avez pas de carte", "Centre des Tilleuls");
        List<String> links =
                LINK.matcher(mail).results().map(found -> found.group(1)).toList();
        assertThat(links).hasSize(2).first().asString().contains("par=psc");
        Page manager = page();
        arrives(manager, noa, SignInProvider.address(noa, "Noa", "PETIT"));
        accepts(manager);
        for (String link : links) {
            manager.navigate(hub(link));
            assertThat(manager.locator("main")).containsText("Centre des Tilleuls");
        }
    }

    @Test
    void DL1_DL3_DL4_DL5_DL6_AM2_AM3_a_delegate_is_asked_for_accepted_welcomed_and_keeps_the_agenda() {
        String camille = people.email("camille");
        people.platform().put("/api/v1/practitioners/" + people.alice + "/settings", "{}");
        Page alice = page();
        arrives(alice, "asks-" + people.alice, practitioner());
        accepts(alice);
        alice.locator("details.account summary").click();
        alice.getByText("Demander l'ajout d'un délégataire").click();
        alice.locator("main").getByText("Demander l'ajout d'un délégataire").click();
        assertThat(alice.locator("h1")).hasText("Demande de délégation Alice DURAND");
        alice.getByLabel("Nom *", exactly()).fill("MARTIN");
        alice.getByLabel("Prénom *").fill("Camille");
        alice.getByLabel("Ville d'exercice *").fill("Tours");
        alice.getByLabel("E-mail du délégataire *").fill(camille);
        alice.getByText("Valider").click();
        assertThat(alice.locator("main"))
                .containsText(
                        "Votre demande est envoyée au(x) référent(s) territorial de votre territoire. Elle sera traitée dans les plus brefs délais.");

        people.accountManagerOf("ailleurs", "33");
        Page elsewhere = accountManager("ailleurs");
        elsewhere.navigate(hub("/espace/demandes"));
        assertThat(elsewhere.locator("h1")).containsText("Demandes de délégation");
        assertThat(elsewhere.locator("main")).not().containsText(camille);

        Page referent = accountManager();
        referent.getByText("Demandes de délégation", new Page.GetByTextOptions().setExact(true))
                .click();
        referent.locator("li.card", new Page.LocatorOptions().setHasText(camille))
                .getByText("Accepter")
                .click();
        assertThat(referent.locator("[role=status]")).containsText("La demande est acceptée");

        assertThat(mailsTo(camille, 2))
                .extracting(PeopleHub::read)
                .anyMatch(mail -> mail.startsWith("Mail d'activation SAS"));
        Page delegate = page();
        arrives(delegate, camille, SignInProvider.address(camille, "Camille", "MARTIN"));
        accepts(delegate);
        delegate.navigate(hub("/espace"));
        assertThat(delegate.locator("main")).containsText("Vous agissez pour");
        delegate.getByText("Alice DURAND").first().click();
        delegate.getByText("ÉDITER LES DISPONIBILITÉS").first().click();
        LocalDate day = LocalDate.now(Walker.PARIS).plusDays(2);
        // a click before the week's script runs is a link to a page without a pop-in
        delegate.waitForURL("**/agenda*");
        delegate.getByText("Créer des disponibilités").first().click();
        delegate.locator("#date").fill(day.toString());
        delegate.locator("#debut").fill("08:00");
        delegate.locator("#fin").fill("09:00");
        delegate.locator("dialog").getByLabel("Consultation en cabinet").check();
        Walker.saves(delegate);
        isFoundAtOnce(day, day + " 08:00-09:00");

        delegate.getByText("Informations complémentaires").click();
        delegate.getByLabel("Ajouter des informations complémentaires :").fill("Appelez le secrétariat");
        Walker.saves(delegate);
        delegate.getByText("Programmer une indisponibilité").click();
        delegate.getByLabel("Dès maintenant pour une durée indéterminée").check();
        Walker.saves(delegate);
        isFoundAtOnce(day);
        delegate.navigate(hub("/espace/effecteurs/" + people.alice + "/parametres"));
        assertThat(delegate.locator("main").getByText("ENREGISTRER")).hasCount(0);
    }

    @Test
    void DL2_DL7_the_practitioner_sees_the_delegate_and_ends_the_delegation_at_once() {
        String camille = people.email("camille");
        people.accepted(camille);
        Page alice = page();
        arrives(alice, "ends-" + people.alice, practitioner());
        accepts(alice);
        alice.navigate(hub("/espace/effecteurs/" + people.alice + "/delegataires"));
        assertThat(alice.locator("main")).containsText("Délégation acceptée");

        alice.getByText("Mettre fin à cette délégation").click();
        alice.getByText("Confirmer").click();

        assertThat(alice.locator("[role=status]")).hasText("La délégation est terminée.");
        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void HC15_HC16_HC17_a_centre_asks_for_a_delegate_who_opens_its_agenda_once_accepted() {
        String noa = people.email("noa");
        String camille = people.email("camille");
        people.named(noa);
        Page manager = page();
        arrives(manager, noa, SignInProvider.address(noa, "Noa", "PETIT"));
        accepts(manager);
        manager.navigate(hub("/espace"));
        assertThat(manager.locator("details.account summary")).containsText("Noa PETIT");
        manager.locator("details.account summary").click();
        manager.getByText("Demander l'ajout d'un délégataire").click();
        assertThat(manager.locator("h1")).containsText("Vos délégataires");
        manager.locator("main").getByText("Demander l'ajout d'un délégataire").click();
        manager.getByLabel("Nom *", exactly()).fill("MARTIN");
        manager.getByLabel("Prénom *").fill("Camille");
        manager.getByLabel("Ville d'exercice *").fill("Tours");
        manager.getByLabel("E-mail du délégataire *").fill(camille);
        manager.getByText("Valider").click();
        assertThat(manager.locator("main"))
                .containsText("Votre demande est envoyée au(x) référent(s) territorial de votre territoire.");

        Page referent = accountManager();
        referent.navigate(hub("/espace/demandes"));
        Locator request = referent.locator("li.card", new Page.LocatorOptions().setHasText(camille));
        assertThat(request).containsText("Centre des Tilleuls");
        request.getByText("Accepter").click();

        Page delegate = page();
        arrives(delegate, camille, SignInProvider.address(camille, "Camille", "MARTIN"));
        accepts(delegate);
        delegate.navigate(hub("/espace/delegations"));
        delegate.getByText("Ouvrir l'agenda").click();
        assertThat(delegate.locator("h1")).hasText("Ajouter ou modifier les disponibilités Centre des Tilleuls");
        assertThat(delegate.getByText("Créer des disponibilités").first()).isVisible();
    }

    @Test
    void AM6_a_closed_account_opens_nothing_any_more() {
        String rene = people.email("rene");
        madeForARegulator(rene);
        Page regulator = page();
        arrives(regulator, rene, SignInProvider.address(rene, "René", "GARNIER"));
        accepts(regulator);
        Page page = accountManager();
        page.navigate(hub("/espace/comptes?recherche=" + rene));
        page.locator("table a").click();
        page.locator("summary").getByText("Fermer le compte").click();
        page.locator("button.danger").click();
        assertThat(page.locator("main")).containsText("Ce compte est fermé : il ne donne accès à rien.");

        regulator.navigate(hub("/espace"));
        assertThat(regulator.locator("main")).containsText("Ce compte a été fermé");
    }

    @Test
    void S28_whoever_signs_out_on_the_account_page_is_out_at_once() {
        Page page = page();
        arrives(page, "leaves-" + people.alice, practitioner());
        accepts(page);
        page.locator("details.account summary").click();
        page.getByText("Vos identifiants de connexion").click();
        page.getByText("Se déconnecter", new Page.GetByTextOptions().setExact(true))
                .click();
        page.waitForURL("**/connexion");

        page.navigate(hub("/espace"));
        assertThat(page).hasURL(hub("/connexion"));
    }

    private void madeForARegulator(String email) {
        assertThat(people.accountManager()
                        .post("/api/v1/accounts", """
                                {"email": "%s", "family": "GARNIER", "given": "René", "roles": ["regulator"], "territories": ["75"]}""".formatted(email))
                        .statusCode())
                .isEqualTo(201);
    }

    /** By the first search after the page has said that it is saved. */
    private void isFoundAtOnce(LocalDate day, String... slots) {
        assertThat(Centre.slots(HubClient.at(port)
                        .json(HubClient.slotsOf(day.atStartOfDay(Walker.PARIS).toInstant(), people.alice))))
                .containsExactly(slots);
    }

    private Page accountManager() {
        return accountManager("comptes");
    }

    private Page accountManager(String name) {
        String sacha = people.email(name);
        Page page = page();
        arrives(page, sacha, SignInProvider.address(sacha, "Sacha", "BLANC"));
        if (page.url().endsWith("/conditions")) {
            accepts(page);
        }
        return page;
    }

    private Map<String, Object> practitioner() {
        return new HashMap<>(SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
    }

    private Page opened(String path) {
        Page page = page();
        page.navigate(hub(path));
        return page;
    }

    private static Page page() {
        return browser.get().page("fr-FR", ColorScheme.LIGHT);
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private String hub(String path) {
        return "http://localhost:" + port + path;
    }
}
