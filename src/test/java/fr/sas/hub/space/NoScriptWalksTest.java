package fr.sas.hub.space;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.OpenBrowser;
import fr.sas.hub.testing.SignInProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Everybody's forms, sent by a browser that runs no script. */
class NoScriptWalksTest extends PeopleHub {

    private static final Path TEMPLATES = Path.of("src/main/resources/templates/people");

    /** Where each form goes, by the template it stands in; a form in two templates is one. */
    private static final Map<String, List<String>> FORMS = Map.ofEntries(
            Map.entry("terms", List.of("/conditions")),
            Map.entry("frame", List.of("/deconnexion", "/espace/profil")),
            Map.entry("own-account", List.of("/deconnexion")),
            Map.entry("contact", List.of("/aide/contact")),
            Map.entry("settings", List.of("/espace/effecteurs/\\d+/parametres")),
            Map.entry("centre-settings", List.of("/espace/structures/\\d+/parametres")),
            Map.entry("availability", List.of("/espace/effecteurs/\\d+/agenda/disponibilites/nouvelle")),
            Map.entry("availability-deletion", List.of(".*/agenda/disponibilites/[^/]+/[^/]+/suppression")),
            Map.entry("agenda", List.of(".*/agenda/suppressions/[^/]+/annulation")),
            Map.entry("unavailability", List.of(".*/lieux/[^/]+/indisponibilites")),
            Map.entry("information", List.of(".*/lieux/[^/]+/informations")),
            Map.entry("calendar-address", List.of(".*/agenda/adresse", ".*/agenda/adresse/revocation")),
            Map.entry("delegate-request", List.of(".*/delegataires/demande")),
            Map.entry("delegates", List.of(".*/delegataires/[^/]+/revocation")),
            Map.entry("requests", List.of(".*/demandes/[^/]+", ".*/demandes/[^/]+")),
            Map.entry("accounts", List.of("/espace/comptes\\?recherche=.+")),
            Map.entry(
                    "account",
                    List.of(
                            "/espace/comptes/nouveau",
                            "/espace/comptes/[^/]+/mail-de-bienvenue",
                            "/espace/comptes/[^/]+/reouverture",
                            "/espace/comptes/[^/]+/fermeture")),
            Map.entry("facilities", List.of("/espace/structures\\?nom=.+")),
            Map.entry("managers", List.of("/espace/structures/\\d+/gestionnaires", ".*/gestionnaires/[^/]+/retrait")));

    @RegisterExtension
    static final OpenBrowser browser = new OpenBrowser();

    private final Set<String> sent = new TreeSet<>();
    private People people;

    @BeforeEach
    void people_whom_the_directory_knows() {
        people = new People(port);
    }

    @Test
    void every_form_of_every_page_is_known_here() throws IOException {
        try (Stream<Path> templates = Files.list(TEMPLATES)) {
            for (Path template : templates.toList()) {
                String name = template.getFileName().toString().replace(".html", "");
                int forms = Files.readString(template).split("<form ", -1).length - 1;
                assertThat(FORMS.getOrDefault(name, List.of())).as(name).hasSize(forms);
            }
        }
    }

    @Test
    void every_form_does_what_it_says_without_a_script() {
        String camille = people.email("camille");
        String noa = people.email("noa");
        a_practitioner_says_how_they_take_part_and_keeps_their_agenda(camille);
        an_account_manager_decides_and_takes_care_of_accounts(noa, camille);
        a_manager_takes_part_changes_hats_and_leaves(noa);
        somebody_asks_for_help();

        assertThat(FORMS.values().stream().flatMap(List::stream).distinct())
                .allSatisfy(form ->
                        assertThat(sent).as(form).anyMatch(Pattern.compile(form).asMatchPredicate()));
    }

    private void a_practitioner_says_how_they_take_part_and_keeps_their_agenda(String camille) {
        Page page = page();
        arrives(page, "noscript-" + people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
        accepts(page);

        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Comment participez-vous").selectOption("practice");
        page.getByLabel("Non", exactly()).check();
        page.getByLabel("Je déclare sur l'honneur mettre en visibilité").check();
        page.getByText("ENREGISTRER").click();
        assertThat(page.locator("[role=status]")).containsText("Vos paramètres sont enregistrés");

        LocalDate day = LocalDate.now(Walker.PARIS).plusDays(8);
        page.getByText("ÉDITER VOS DISPONIBILITÉS").click();
        page.getByText("Créer des disponibilités").first().click();
        page.getByLabel("Date *").fill(day.toString());
        page.getByLabel("De *").fill("08:00");
        page.getByLabel("A *").fill("09:00");
        page.getByLabel("Consultation en cabinet").check();
        page.getByText("ENREGISTRER").click();
        assertThat(page.locator("#said")).containsText("Vos créneaux sont désormais visibles");

        page.getByLabel("Modifier : 08h00 - 09h00").click();
        page.getByLabel("A *").fill("10:00");
        page.getByText("ENREGISTRER").click();
        page.getByLabel("Supprimer : 08h00 - 10h00").click();
        page.getByText("ENREGISTRER").click();
        assertThat(page.locator("#said")).containsText("La disponibilité est supprimée.");
        page.getByText("Annuler la suppression").click();
        assertThat(page.locator(".block")).containsText("08h00 - 10h00");

        page.getByText("Programmer une indisponibilité").click();
        page.locator("#du0").fill(day.toString());
        page.locator("#au0").fill(day.toString());
        page.getByText("+ Ajouter une autre période d'indisponibilité").click();
        page.getByLabel("Supprimer la période 2").click();
        page.getByText("ENREGISTRER").last().click();
        assertThat(page.locator("#said")).containsText("L'indisponibilité est enregistrée.");
        page.getByText("Informations complémentaires").click();
        page.getByLabel("Ajouter des informations complémentaires :").fill("Appelez le secrétariat");
        page.getByText("ENREGISTRER").click();
        assertThat(page.locator("#said")).containsText("Les informations complémentaires sont enregistrées.");

        page.getByText("Dans votre calendrier").click();
        page.getByText("Créer l'adresse").click();
        assertThat(page.locator(".address")).containsText("http");
        page.getByText("Révoquer l'adresse").click();
        assertThat(page.locator("[role=status]")).containsText("L'adresse est révoquée");

        asksForADelegate(page, camille);
        asksForADelegate(page, "autre." + camille);
        asksForADelegate(page, "encore." + camille);
        page.navigate(hub("/espace/effecteurs/" + people.alice + "/delegataires"));
        Locator last = page.locator("li.card", new Page.LocatorOptions().setHasText("encore." + camille));
        last.getByText("Retirer cette demande").click();
        last.getByText("Confirmer").click();
        assertThat(page.locator("[role=status]")).hasText("La délégation est terminée.");

        page.navigate(hub("/espace/compte"));
        page.getByText("Se déconnecter", new Page.GetByTextOptions().setExact(true))
                .click();
        page.waitForURL("**/connexion");
        page.navigate(hub("/espace"));
        assertThat(page).hasURL(hub("/connexion"));
    }

    private void asksForADelegate(Page page, String email) {
        page.navigate(hub("/espace/effecteurs/" + people.alice + "/delegataires/demande"));
        page.getByLabel("Nom *", exactly()).fill("MARTIN");
        page.getByLabel("Prénom *").fill("Camille");
        page.getByLabel("Ville d'exercice *").fill("Tours");
        page.getByLabel("E-mail du délégataire *").fill(email);
        page.getByText("Valider").click();
        assertThat(page.locator("main")).containsText("Votre demande est envoyée");
    }

    private void an_account_manager_decides_and_takes_care_of_accounts(String noa, String camille) {
        Page page = page();
        String sacha = people.email("comptes");
        arrives(page, sacha, SignInProvider.address(sacha, "Sacha", "BLANC"));
        accepts(page);

        page.navigate(hub("/espace/demandes"));
        Locator other = page.locator("li.card", new Page.LocatorOptions().setHasText("autre." + camille));
        other.locator("summary").click();
        other.getByLabel("Motif du refus *").fill("Adresse inconnue");
        other.getByText("Refuser la demande").click();
        assertThat(page.locator("[role=status]")).containsText("La demande est refusée");
        page.locator("li.card", new Page.LocatorOptions().setHasText(camille))
                .getByText("Accepter")
                .click();
        assertThat(page.locator("[role=status]")).containsText("La demande est acceptée");

        page.navigate(hub("/espace/structures"));
        page.getByLabel("Nom de la structure").fill("tilleuls");
        page.getByText("Chercher").click();
        Locator centre = page.locator("a[href*='" + people.centre + "']");
        page.waitForLoadState();
        while (centre.count() == 0) {
            page.getByText("Suite de la liste").click();
            page.waitForLoadState();
        }
        centre.click();
        names(page, people.email("sam"));
        names(page, noa);
        Locator sam = page.locator("li.card", new Page.LocatorOptions().setHasText(people.email("sam")));
        sam.locator("summary").click();
        sam.getByText("Confirmer").click();
        assertThat(page.locator("[role=status]")).hasText("Le gestionnaire est retiré.");

        page.navigate(hub("/espace/comptes/nouveau"));
        page.getByLabel("Nom *", exactly()).fill("GARNIER");
        page.getByLabel("Prénom *").fill("René");
        page.getByLabel("Adresse électronique *").fill(people.email("rene"));
        page.getByLabel("Régulateur, OSNP ou IOA").check();
        page.getByText("Enregistrer").click();
        page.navigate(hub("/espace/comptes"));
        page.getByLabel("Nom, prénom ou adresse électronique").fill(people.email("rene"));
        page.getByText("Chercher").click();
        page.locator("table a").click();
        page.getByLabel("Prénom *").fill("Renaud");
        page.getByText("Enregistrer").click();
        assertThat(page.locator("[role=status]")).hasText("Les modifications sont enregistrées.");
        page.getByText("Renvoyer le mail de bienvenue").click();
        assertThat(page.locator("[role=status]")).hasText("Le mail de bienvenue est envoyé.");
        page.locator("summary").getByText("Fermer le compte").click();
        page.locator("button.danger").click();
        assertThat(page.locator("[role=status]")).hasText("Le compte est fermé.");
        page.getByText("Rouvrir le compte").click();
        assertThat(page.locator("[role=status]")).hasText("Le compte est rouvert.");
    }

    private static void names(Page page, String email) {
        page.getByLabel("Nom *", exactly()).fill("PETIT");
        page.getByLabel("Prénom *").fill("Noa");
        page.getByLabel("Adresse électronique *").fill(email);
        page.getByText("Valider").click();
        assertThat(page.locator("[role=status]")).hasText("Le gestionnaire est nommé.");
    }

    private void a_manager_takes_part_changes_hats_and_leaves(String noa) {
        people.accepted(noa);
        Page page = page();
        arrives(page, noa, SignInProvider.address(noa, "Noa", "PETIT"));
        accepts(page);
        page.navigate(hub("/espace/structures/" + people.centre + "/parametres"));
        page.getByLabel("Nombre de professionnel de santé").fill("2");
        page.getByLabel("J'accepte d'être directement contacté").check();
        page.getByLabel("Je déclare sur l'honneur").check();
        page.getByText("ENREGISTRER").click();
        assertThat(page.locator("[role=status]")).containsText("Votre inscription est désormais prise en compte");

        page.locator("details.account summary").click();
        page.locator("details.account").getByText("Passer à : ").click();
        page.locator("details.account summary").click();
        page.getByText("Vous déconnecter").click();
        page.waitForURL("**/connexion");
        page.navigate(hub("/espace"));
        assertThat(page).hasURL(hub("/connexion"));
    }

    private void somebody_asks_for_help() {
        Page page = page();
        page.navigate(hub("/aide/contact"));
        page.getByLabel("Vous êtes").selectOption("Effecteur de soins");
        page.getByLabel("Votre demande concerne").selectOption("Un renseignement sur le SAS / question métier");
        page.getByLabel("Nom", exactly()).fill("DURAND");
        page.getByLabel("Prénom").fill("Alice");
        page.getByLabel("Téléphone").fill("01 02 03 04 05");
        page.getByLabel("Adresse E-Mail").fill(people.email("alice"));
        page.getByLabel("Territoire").selectOption("75");
        page.getByLabel("Message").fill("Comment participer ?");
        page.getByText("Envoyer", new Page.GetByTextOptions().setExact(true)).click();
        assertThat(page.locator("main")).containsText("Votre demande porte le numéro");
    }

    /** What it sends to the hub is written down. */
    private Page page() {
        Page page = browser.get().pageWithoutScripts();
        page.onRequest(request -> {
            String path = request.url().replaceFirst("^https?://[^/]+", "");
            if (request.method().equals("POST") || path.contains("?")) {
                sent.add(path);
            }
        });
        return page;
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }

    private String hub(String path) {
        return "http://localhost:" + port + path;
    }
}
