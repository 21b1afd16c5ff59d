package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What account managers do about accounts and managers of centres, in pages without scripts. */
class AccountManagerPagesTest extends AccountManagerPages {

    @Test
    void am1_am4_am5_am6_an_account_is_made_found_changed_welcomed_again_closed_and_opened_again() {
        String rene = people.email("rene");
        String moved = people.email("rene.garnier");
        PageReader manager = accountManager();
        manager.open("/espace/comptes/nouveau");

        HttpResponse<String> wrong = manager.submit("/espace/comptes/nouveau", "family", "GARNIER", "email", rene);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(text(wrong)).contains("Le formulaire n'a pas été enregistré", "Remplissez ce champ.");
        HttpResponse<String> made = manager.submit(
                "/espace/comptes/nouveau", "family", "GARNIER", "given", "René", "email", rene, "regulator", "true");
        assertThat(text(made))
                .contains("Le compte est créé ; le mail de bienvenue est envoyé.", "Régulateur", "jamais");
        assertThat(read(mailsTo(rene, 1).getFirst())).startsWith("Mail d'activation SAS");

        String account = made.uri().getPath();
        assertThat(manager.open("/espace/comptes?recherche=" + rene).body()).contains("href=\"" + account + "\"");

        manager.open(account);
        assertThat(text(manager.submit(
                        account,
                        "family",
                        "GARNIER",
                        "given",
                        "René",
                        "email",
                        moved,
                        "revision",
                        "1",
                        "territories",
                        "75",
                        "regulator",
                        "true")))
                .contains("L'adresse est modifiée ; le mail de bienvenue est envoyé à la nouvelle adresse.");
        mailsTo(moved, 1);
        assertThat(text(manager.submit(account + "/mail-de-bienvenue"))).contains("Le mail de bienvenue est envoyé.");
        mailsTo(moved, 2);
        manager.submit(account + "/mail-de-bienvenue");
        assertThat(text(manager.submit(account + "/mail-de-bienvenue")))
                .contains("Cette adresse a déjà reçu trois mails de bienvenue en une heure");
        assertThat(text(manager.submit(account + "/fermeture", "revision", "1")))
                .contains("Ce compte a changé entre-temps");
        assertThat(text(manager.submit(account + "/fermeture", "revision", "2")))
                .contains("Le compte est fermé.", "Ce compte est fermé : il ne donne accès à rien.");
        assertThat(text(manager.submit(account + "/reouverture", "revision", "3")))
                .contains("Le compte est rouvert.");
    }

    @Test
    void am1_whoever_makes_an_account_reads_where_managers_delegates_and_practitioners_get_theirs() {
        HttpResponse<String> page = accountManager().open("/espace/comptes/nouveau");

        assertThat(text(page))
                .contains("Ce formulaire crée le compte d'un régulateur, d'un OSNP ou d'un IOA.")
                .contains("est nommé sur la page de sa structure")
                .contains("quand vous acceptez la demande de délégation");
        assertThat(page.body()).contains("<a href=\"/espace/structures\">", "<a href=\"/espace/demandes\">");
    }

    @Test
    void an_account_is_found_without_accents_in_any_order_and_a_practitioners_by_their_number() {
        String email = people.email("helene");
        PageReader manager = accountManager();
        manager.open("/espace/comptes/nouveau");
        manager.submit(
                "/espace/comptes/nouveau",
                "family",
                "DUPRÉ-LÉON",
                "given",
                "Hélène",
                "email",
                email,
                "regulator",
                "true");
        practitioner(people.alice, people.email("alice"));

        assertThat(manager.open("/espace/comptes?recherche=leon%20HELENE").body())
                .contains(email);
        assertThat(manager.open("/espace/comptes?recherche=" + people.alice.substring(1))
                        .body())
                .contains(people.email("alice"));
        assertThat(manager.open("/espace/comptes?recherche=" + people.alice).body())
                .contains(people.email("alice"));
    }

    @Test
    void whoever_changes_an_account_second_keeps_what_they_typed_and_reads_what_the_first_changed() {
        String rene = people.email("rene");
        PageReader first = accountManager();
        first.open("/espace/comptes/nouveau");
        String account = first.submit(
                        "/espace/comptes/nouveau",
                        "family",
                        "GARNIER",
                        "given",
                        "René",
                        "email",
                        rene,
                        "regulator",
                        "true")
                .uri()
                .getPath();
        people.accountManagerOf("lou", "75");
        PageReader second = signIn(people.email("lou"), "Lou", "NOIR");
        second.open(account);
        String[] same = {"email", rene, "territories", "75", "revision", "1", "regulator", "true"};
        first.open(account);
        first.submit(account, with(same, "family", "GARNIER-LENOIR", "given", "René"));

        HttpResponse<String> overtaken = second.submit(account, with(same, "family", "GARNIER", "given", "Renée"));

        assertThat(overtaken.statusCode()).isEqualTo(409);
        assertThat(text(overtaken))
                .contains("Quelqu'un a modifié ce compte entre-temps.")
                .contains("Nom : GARNIER-LENOIR (vous avez saisi : GARNIER)")
                .contains("Prénom : René (vous avez saisi : Renée)");
        assertThat(overtaken.body()).contains("value=\"Renée\"", "name=\"revision\" value=\"2\"");
        same[5] = "2";
        assertThat(text(second.submit(account, with(same, "family", "GARNIER", "given", "Renée"))))
                .contains("Les modifications sont enregistrées.", "Compte de Renée GARNIER");
    }

    @Test
    void what_was_typed_for_an_address_that_got_the_hours_mails_is_given_back_with_the_reason() {
        String flooded = people.email("flooded");
        PageReader manager = accountManager();
        String[] typed = {"family", "GARNIER", "given", "René", "regulator", "true", "territories", "75"};
        String first = made(manager, with(typed, "email", flooded));
        for (int time = 0; time < 2; time++) {
            manager.submit(first + "/mail-de-bienvenue");
        }
        manager.submit(first, with(typed, "email", people.email("moved"), "revision", "1"));
        String account = made(manager, with(typed, "email", people.email("rene")));
        manager.open(account);

        String[] other = {"family", "GARNIER-LENOIR", "given", "Renée", "regulator", "true", "email", flooded};
        HttpResponse<String> notChanged = manager.submit(account, with(other, "revision", "1"));
        HttpResponse<String> notMade = manager.submit("/espace/comptes/nouveau", other);

        assertThat(List.of(notChanged, notMade)).allSatisfy(page -> {
            assertThat(page.statusCode()).isEqualTo(429);
            assertThat(text(page)).contains("Cette adresse a déjà reçu 3 mails de bienvenue en une heure");
            assertThat(page.body())
                    .contains("value=\"GARNIER-LENOIR\"", "value=\"Renée\"", "value=\"" + flooded + "\"")
                    .contains("id=\"email-fault\"");
        });
        assertThat(text(manager.open(account))).contains("Compte de René GARNIER");
    }

    @Test
    void what_was_typed_into_a_form_whose_account_is_nowhere_is_given_back_but_not_what_another_site_sends() {
        PageReader manager = accountManager();
        manager.open("/espace/comptes/nouveau");
        String nowhere = "/espace/comptes/" + UUID.randomUUID();
        String[] typed = {"family", "GARNIER-LENOIR", "given", "Renée", "revision", "1", "territories", "75, 2A"};

        HttpResponse<String> page = manager.submit(nowhere, typed);

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(text(page)).contains("Ce que vous aviez saisi", "GARNIER-LENOIR", "Renée", "75, 2A");
        assertThat(page.body()).contains("href=\"/espace/comptes/nouveau\"");
        manager.open("/espace/comptes/nouveau");
        assertThat(text(manager.submitFrom("https://elsewhere.example", nowhere, typed)))
                .doesNotContain("Ce que vous aviez saisi", "GARNIER-LENOIR");
    }

    @Test
    void a_form_with_a_fault_that_is_corrected_does_not_undo_what_someone_else_has_saved_meanwhile() {
        String rene = people.email("rene");
        PageReader manager = accountManager();
        String[] typed = {"family", "GARNIER", "email", rene, "regulator", "true", "territories", "75"};
        String account = made(manager, with(typed, "given", "René"));
        manager.open(account);
        manager.submit(account, with(typed, "given", "Renée", "revision", "1"));

        HttpResponse<String> wrong = manager.submit(account, with(typed, "given", "", "revision", "1"));

        assertThat(wrong.statusCode()).isEqualTo(422);
        String revision = found(wrong, "name=\"revision\" value=\"([^\"]+)\"");
        assertThat(manager.submit(account, with(typed, "given", "Régis", "revision", revision))
                        .statusCode())
                .isEqualTo(409);
    }

    /** @return the page of the account */
    private static String made(PageReader manager, String... fields) {
        manager.open("/espace/comptes/nouveau");
        return manager.submit("/espace/comptes/nouveau", fields).uri().getPath();
    }

    @Test
    void an_account_manager_changes_their_own_names_here_and_their_address_where_they_sign_in() {
        PageReader manager = accountManager();
        Matcher own = Pattern.compile("href=\"(/espace/comptes/[0-9a-f-]{36})\"")
                .matcher(manager.open("/espace/comptes?recherche=" + sacha).body());
        assertThat(own.find()).isTrue();
        String account = own.group(1);
        String revision = "1";
        manager.open(account);

        assertThat(text(manager.submit(
                        account, "family", "BLANC", "given", "Sacha", "email", "a" + sacha, "revision", revision)))
                .contains("Votre propre adresse se modifie sous « Vos identifiants de connexion ».");
        assertThat(text(manager.submit(
                        account, "family", "LEBLANC", "given", "Sacha", "email", sacha, "revision", revision)))
                .contains("Les modifications sont enregistrées.", "LEBLANC");
        assertThat(people.platform()
                        .get("/api/v1/account-managers?email=" + sacha)
                        .body())
                .contains("LEBLANC");
    }

    @Test
    void am8_fm1_hc3_the_manager_of_a_centre_found_by_its_name_is_named_and_removed() {
        String noa = people.email("noa");
        PageReader manager = accountManager();
        String managers = "/espace/structures/" + people.centre + "/gestionnaires";

        assertThat(manager.open("/espace/structures?nom=tilleuls").body()).contains("Centre des Tilleuls");
        assertThat(manager.open("/espace/structures?nom=nulle%20part").body())
                .contains("Aucune structure de ce nom dans votre territoire.");
        manager.open(managers);
        HttpResponse<String> wrong = manager.submit(managers, "family", "PETIT", "given", "Noa", "email", "noa");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(text(wrong)).contains("Indiquez une adresse électronique");
        HttpResponse<String> named = manager.submit(managers, "family", "PETIT", "given", "Noa", "email", noa);
        assertThat(text(named)).contains("Le gestionnaire est nommé.", "Noa PETIT", noa);
        assertThat(read(mailsTo(noa, 1).getFirst())).contains("Mail d'activation SAS", "Centre des Tilleuls");
        assertThat(people.manager(noa).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(200);

        assertThat(text(manager.submit(found(named, "action=\"([^\"]+/retrait)\""))))
                .contains("Le gestionnaire est retiré.", "Cette structure n'a pas encore de gestionnaire.");
        assertThat(people.manager(noa).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whoever_removes_a_manager_second_reads_that_it_was_done() {
        String noa = people.email("noa");
        people.named(noa);
        PageReader first = accountManager();
        people.accountManagerOf("lou", "75");
        PageReader second = signIn(people.email("lou"), "Lou", "NOIR");
        String managers = "/espace/structures/" + people.centre + "/gestionnaires";
        String removal = found(second.open(managers), "action=\"([^\"]+/retrait)\"");
        first.open(managers);
        first.submit(removal);

        assertThat(text(second.submit(removal))).contains("Ce gestionnaire avait déjà été retiré");
    }

    @Test
    void of_centres_by_one_name_those_of_the_territory_are_found_page_by_page_however_many_there_are_elsewhere() {
        HubClient platform = people.platform();
        String number = people.centre.substring(5);
        String name = "Pages " + people.centre;
        for (int i = 0; i < 53; i++) {
            platform.put("/api/v1/facilities/18" + number + "%03d".formatted(i), """
                    {"name": "%s Ailleurs %02d", "kind": "cds", "postalCode": "33000", "city": "BORDEAUX"}""".formatted(name, i));
            platform.put("/api/v1/facilities/19" + number + "%03d".formatted(i), """
                    {"name": "%s Ici %02d", "kind": "cds", "postalCode": "75001", "city": "PARIS"}""".formatted(name, i));
        }
        PageReader manager = accountManager();

        HttpResponse<String> first = manager.open("/espace/structures?nom=" + name.replace(" ", "%20"));
        HttpResponse<String> next = manager.open(found(first, "href=\"(/espace/structures\\?[^\"]*apres=[^\"]+)\"")
                .replace("&amp;", "&")
                .replace(" ", "%20"));

        assertThat(first.body()).contains("Ici 00", "Ici 49").doesNotContain("Ici 50", "Ailleurs");
        assertThat(next.body()).contains("Ici 50", "Ici 52").doesNotContain("Ici 49", "Ailleurs", "Suite de la liste");
    }

    /** Whom a page is for: P the practitioner, D their delegate, M the centre's manager, A the account manager. */
    @Test
    void each_page_opens_to_those_it_is_for_and_is_not_there_for_others() {
        String noa = people.email("noa");
        people.named(noa);
        people.accepted(camille);
        List<PageReader> visitors = List.of(
                practitioner(people.alice, people.email("alice")),
                signIn(camille, "Camille", "MARTIN"),
                signIn(noa, "Noa", "PETIT"),
                accountManager());
        String ofAlice = "/espace/effecteurs/" + people.alice;
        String ofCentre = "/espace/structures/" + people.centre;

        assertThat(openTo(visitors, ofAlice + "/delegataires")).isEqualTo("P--A");
        assertThat(openTo(visitors, ofAlice + "/delegataires/demande")).isEqualTo("P--A");
        assertThat(openTo(visitors, ofCentre + "/delegataires")).isEqualTo("--MA");
        assertThat(openTo(visitors, ofCentre + "/delegataires/demande")).isEqualTo("--MA");
        assertThat(openTo(visitors, ofCentre + "/gestionnaires")).isEqualTo("---A");
        assertThat(openTo(visitors, "/espace/structures")).isEqualTo("---A");
        assertThat(openTo(visitors, "/espace/demandes")).isEqualTo("---A");
        assertThat(openTo(visitors, "/espace/comptes")).isEqualTo("---A");
        assertThat(openTo(visitors, "/espace/comptes/nouveau")).isEqualTo("---A");
        assertThat(openTo(visitors, "/espace/delegations")).isEqualTo("PDMA");
        String others = new People(port).alice;
        assertThat(openTo(visitors, "/espace/effecteurs/" + others + "/delegataires"))
                .isEqualTo("---A");
        HubClient platform = people.platform();
        platform.put(
                "/api/v1/practitioners/" + others,
                "{\"family\": \"LEROY\", \"places\": [{\"postalCode\": \"33000\", \"city\": \"BORDEAUX\"}]}");
        assertThat(openTo(visitors, "/espace/effecteurs/" + others + "/delegataires"))
                .isEqualTo("----");
    }

    private static String openTo(List<PageReader> visitors, String page) {
        StringBuilder open = new StringBuilder();
        for (int i = 0; i < visitors.size(); i++) {
            int status = visitors.get(i).open(page).statusCode();
            assertThat(status).as(page).isIn(200, 404);
            open.append(status == 200 ? "PDMA".charAt(i) : '-');
        }
        return open.toString();
    }

    private static String[] with(String[] fields, String... more) {
        return Stream.concat(Stream.of(fields), Stream.of(more)).toArray(String[]::new);
    }
}
