package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.account.PeopleHub;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What practitioners, centre managers, delegates and account managers do about delegations and accounts, in pages without scripts. */
class AccountManagerPagesTest extends PeopleHub {

    private static final String SENT =
            "Votre demande est envoyée au(x) référent(s) territorial de votre territoire. Elle sera traitée dans les plus"
                    + " brefs délais.";

    private People people;
    private String camille;
    private String sacha;

    @BeforeEach
    void alice_works_in_paris() {
        people = new People(port);
        camille = people.email("camille");
        sacha = people.email("comptes");
    }

    @Test
    void dl1_dl2_dl7_a_practitioner_asks_for_a_delegate_sees_what_became_of_it_and_ends_it() {
        PageReader alice = practitioner(people.alice, people.email("alice"));
        String list = "/espace/effecteurs/" + people.alice + "/delegataires";
        assertThat(text(alice.open(list)))
                .contains(
                        "Vos délégataires",
                        "Demander l'ajout d'un délégataire",
                        "Aucun délégataire n'a encore été demandé.");
        assertThat(text(alice.open(list + "/demande")))
                .contains("Demande de délégation", "Nom *", "Prénom *", "Ville d'exercice *", "E-mail du délégataire *")
                .contains("Annuler", "Valider");

        HttpResponse<String> wrong =
                alice.submit(list + "/demande", "family", "MARTIN", "given", "", "town", "Tours", "email", "camille");
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(text(wrong))
                .contains("Indiquez une adresse électronique, par exemple alice.durand@exemple.fr.")
                .contains("Ce champ doit avoir de 1 à 100 caractères.");
        assertThat(wrong.body()).contains("value=\"MARTIN\"", "value=\"camille\"", "aria-invalid=\"true\"");

        assertThat(text(ask(alice, list))).contains(SENT);
        assertThat(text(alice.open(list))).contains("Camille MARTIN", "Demande en attente", camille, "Tours");
        assertThat(text(ask(alice, list))).contains("Une délégation pour cette adresse électronique est déjà demandée");

        alice.open(list);
        HttpResponse<String> ended =
                alice.submit(found(alice.open(list), "action=\"([^\"]+/revocation)\""), "version", "1");

        assertThat(text(ended)).contains("La délégation est terminée.", "Délégation terminée");
        assertThat(people.practitioner()
                        .json(people.of("/history?kind=delegation"))
                        .at("/changes/0/by/person")
                        .asText())
                .isEqualTo("practitioner " + people.alice);
    }

    @Test
    void hc15_hc16_hc17_a_centre_manager_asks_for_a_delegate_who_opens_the_centres_agenda_once_accepted() {
        String noa = people.email("noa");
        people.named(noa);
        PageReader manager = signIn(noa, "Noa", "PETIT");

        assertThat(text(ask(manager, "/espace/structures/" + people.centre + "/delegataires")))
                .contains(SENT);

        PageReader referent = signIn(sacha, "Sacha", "BLANC");
        HttpResponse<String> requests = referent.open("/espace/demandes");
        assertThat(text(requests)).contains("Demandé pour la structure", "Centre des Tilleuls", "Camille MARTIN");
        assertThat(text(decide(referent, requests, "true", ""))).contains("La demande est acceptée");

        PageReader delegate = signIn(camille, "Camille", "MARTIN");
        HttpResponse<String> actingFor = delegate.open("/espace/delegations");
        assertThat(text(actingFor)).contains("Vous mettez à jour l'agenda de :", "Centre des Tilleuls");
        assertThat(actingFor.body()).contains("href=\"/espace/structures/" + people.centre + "/agenda\"");
    }

    @Test
    void dl3_dl6_am2_an_account_manager_accepts_and_the_delegate_sees_for_whom_they_act() {
        people.asked(camille);
        PageReader referent = signIn(sacha, "Sacha", "BLANC");
        assertThat(text(referent.open("/espace"))).contains("Demandes de délégation", "Comptes");
        HttpResponse<String> requests = referent.open("/espace/demandes");
        assertThat(text(requests)).contains("Demandé par", "Alice DURAND", "Camille MARTIN", "Tours", camille);

        assertThat(text(decide(referent, requests, "true", ""))).contains("La demande est acceptée");

        PageReader delegate = signIn(camille, "Camille", "MARTIN");
        assertThat(delegate.open("/espace/delegations").body())
                .contains("Alice DURAND", "href=\"/espace/effecteurs/" + people.alice + "/agenda\"");
    }

    @Test
    void am2_a_refusal_needs_a_reason_which_the_practitioner_reads() {
        people.asked(camille);
        PageReader referent = signIn(sacha, "Sacha", "BLANC");
        HttpResponse<String> requests = referent.open("/espace/demandes");

        HttpResponse<String> without = decide(referent, requests, "false", " ");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(text(without)).contains("Ce champ doit avoir de 1 à 500 caractères.");
        assertThat(text(decide(referent, requests, "false", "Adresse inconnue")))
                .contains("La demande est refusée");

        PageReader alice = practitioner(people.alice, people.email("alice"));
        assertThat(text(alice.open("/espace/effecteurs/" + people.alice + "/delegataires")))
                .contains("Demande refusée", "Motif du refus", "Adresse inconnue");
    }

    @Test
    void who_has_no_address_is_not_said_to_have_been_told() {
        people.asked(camille);
        PageReader referent = signIn(sacha, "Sacha", "BLANC");

        assertThat(text(decide(referent, referent.open("/espace/demandes"), "true", "")))
                .contains("La demande est acceptée ; le délégataire en est informé par mail.")
                .contains("Le demandeur n'a pas d'adresse électronique connue : prévenez-le.");
        mailsTo(camille, 1);
    }

    @Test
    void who_has_an_address_is_told_of_the_decision() {
        PageReader alice = practitioner(people.alice, people.email("alice"));
        assertThat(text(ask(alice, "/espace/effecteurs/" + people.alice + "/delegataires")))
                .contains(SENT);
        PageReader referent = signIn(sacha, "Sacha", "BLANC");

        assertThat(text(decide(referent, referent.open("/espace/demandes"), "false", "Adresse inconnue")))
                .contains("La demande est refusée ; le demandeur en est informé par mail.");
        assertThat(read(mailsTo(people.email("alice"), 1).getFirst())).contains("Adresse inconnue");
    }

    @Test
    void a_request_where_nobody_takes_care_of_the_territory_is_not_said_to_have_been_sent() {
        String far = new People(port).alice;
        people.platform()
                .put(
                        "/api/v1/practitioners/" + far,
                        "{\"family\": \"LEROY\", \"profession\": \"10\", \"places\": [{\"postalCode\": \"97500\", \"city\": \"MIQUELON\"}]}");
        PageReader leroy = practitioner(far, people.email("leroy"));

        assertThat(text(ask(leroy, "/espace/effecteurs/" + far + "/delegataires")))
                .contains("aucun gestionnaire de comptes n'est encore nommé pour votre territoire")
                .doesNotContain(SENT);
    }

    @Test
    void who_decides_second_reads_what_the_first_decided() {
        people.asked(camille);
        PageReader first = signIn(sacha, "Sacha", "BLANC");
        people.accountManagerOf("lou", "75");
        PageReader second = signIn(people.email("lou"), "Lou", "NOIR");
        HttpResponse<String> requests = second.open("/espace/demandes");
        decide(first, first.open("/espace/demandes"), "true", "");

        assertThat(text(decide(second, requests, "false", "Adresse inconnue")))
                .contains("La demande pour Camille MARTIN a déjà été acceptée ; votre décision n'a rien changé.");
    }

    @Test
    void who_changes_an_account_second_keeps_what_they_typed_and_reads_what_the_first_changed() {
        String rene = people.email("rene");
        PageReader first = signIn(sacha, "Sacha", "BLANC");
        first.open("/espace/comptes/nouveau");
        String account = first.submit("/espace/comptes/nouveau", "family", "GARNIER", "given", "René", "email", rene)
                .uri()
                .getPath();
        people.accountManagerOf("lou", "75");
        PageReader second = signIn(people.email("lou"), "Lou", "NOIR");
        second.open(account);
        String[] same = {"email", rene, "territories", "75", "revision", "1"};
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

    private static String[] with(String[] fields, String... more) {
        return Stream.concat(Stream.of(fields), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void an_account_is_found_without_accents_in_any_order_and_a_practitioners_by_their_number() {
        String email = people.email("helene");
        PageReader manager = signIn(sacha, "Sacha", "BLANC");
        manager.open("/espace/comptes/nouveau");
        manager.submit("/espace/comptes/nouveau", "family", "DUPRÉ-LÉON", "given", "Hélène", "email", email);
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
    void who_removes_a_manager_second_reads_that_it_was_done() {
        String noa = people.email("noa");
        people.named(noa);
        PageReader manager = signIn(sacha, "Sacha", "BLANC");
        String managers = "/espace/structures/" + people.centre + "/gestionnaires";
        String removal = found(manager.open(managers), "action=\"([^\"]+/retrait)\"");
        manager.submit(removal);

        assertThat(text(manager.submit(removal))).contains("Ce gestionnaire avait déjà été retiré");
    }

    @Test
    void a_refusal_without_a_reason_is_told_on_the_page_of_the_list_where_it_was_made() {
        people.asked(camille);
        PageReader referent = signIn(sacha, "Sacha", "BLANC");
        String page = "00000000-0000-0000-0000-000000000000";
        HttpResponse<String> requests = referent.open("/espace/demandes?apres=" + page);
        String card = requests.body().substring(requests.body().indexOf(camille));
        assertThat(card).contains("name=\"apres\" value=\"" + page + "\"");

        HttpResponse<String> without = referent.submit(
                found(card, "action=\"([^\"]+/demandes/[^\"]+)\""),
                "accepted",
                "false",
                "reason",
                "",
                "version",
                "1",
                "apres",
                page);

        assertThat(without.body())
                .contains("Ce champ doit avoir de 1 à 500 caractères.", "name=\"apres\" value=\"" + page + "\"");
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
        PageReader manager = signIn(sacha, "Sacha", "BLANC");

        HttpResponse<String> first = manager.open("/espace/structures?nom=" + name.replace(" ", "%20"));
        HttpResponse<String> next = manager.open(found(first, "href=\"(/espace/structures\\?[^\"]*apres=[^\"]+)\"")
                .replace("&amp;", "&")
                .replace(" ", "%20"));

        assertThat(first.body()).contains("Ici 00", "Ici 49").doesNotContain("Ici 50", "Ailleurs");
        assertThat(next.body()).contains("Ici 50", "Ici 52").doesNotContain("Ici 49", "Ailleurs", "Suite de la liste");
    }

    @Test
    void an_account_manager_changes_their_own_names_here_and_their_address_where_they_sign_in() {
        PageReader manager = signIn(sacha, "Sacha", "BLANC");
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
    void am3_who_is_of_another_territory_sees_no_request_and_decides_none() {
        people.asked(camille);
        HttpResponse<String> requests = signIn(sacha, "Sacha", "BLANC").open("/espace/demandes");
        people.accountManagerOf("gironde", "33");
        PageReader ofGironde = signIn(people.email("gironde"), "Sacha", "BLANC");

        assertThat(text(ofGironde.open("/espace/demandes"))).doesNotContain(camille);
        assertThat(decide(ofGironde, requests, "true", "").statusCode()).isEqualTo(404);
    }

    @Test
    void am1_am4_am5_am6_an_account_is_made_found_changed_welcomed_again_closed_and_opened_again() {
        String rene = people.email("rene");
        String moved = people.email("rene.garnier");
        PageReader manager = signIn(sacha, "Sacha", "BLANC");
        manager.open("/espace/comptes/nouveau");

        HttpResponse<String> wrong = manager.submit("/espace/comptes/nouveau", "family", "GARNIER", "email", rene);
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(text(wrong))
                .contains("Le formulaire n'a pas été enregistré", "Ce champ doit avoir de 1 à 100 caractères.");
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
                        "75")))
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
    void am8_fm1_hc3_the_manager_of_a_centre_found_by_its_name_is_named_and_removed() {
        String noa = people.email("noa");
        PageReader manager = signIn(sacha, "Sacha", "BLANC");
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
                .isEqualTo(403);
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
                signIn(sacha, "Sacha", "BLANC"));
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

    private HttpResponse<String> ask(PageReader person, String list) {
        person.open(list + "/demande");
        return person.submit(
                list + "/demande", "family", "MARTIN", "given", "Camille", "town", "Tours", "email", camille);
    }

    /** The request for this test's own delegate, among those of other tests. */
    private HttpResponse<String> decide(
            PageReader referent, HttpResponse<String> requests, String accepted, String reason) {
        String card = requests.body().substring(requests.body().indexOf(camille));
        return referent.submit(
                found(card, "action=\"([^\"]+/demandes/[^\"]+)\""),
                "accepted",
                accepted,
                "reason",
                reason,
                "version",
                "1");
    }

    private static String found(HttpResponse<String> page, String pattern) {
        return found(page.body(), pattern);
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as(pattern + " in " + text).isTrue();
        return matcher.group(1);
    }

    private static String text(HttpResponse<String> page) {
        return page.body().replace("&#39;", "'").replaceAll("<[^>]+>", "").replaceAll("\\s+", " ");
    }
}
