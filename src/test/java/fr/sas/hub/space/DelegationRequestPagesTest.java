package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** A delegate is asked for, decided on, and told, in pages without scripts. */
class DelegationRequestPagesTest extends AccountManagerPages {

    private static final String SENT =
            "Votre demande est envoyée au(x) référent(s) territorial de votre territoire. Elle sera traitée dans les plus"
                    + " brefs délais.";

    @Test
    void dl1_dl2_dl7_a_practitioner_asks_for_a_delegate_sees_what_became_of_it_and_ends_it() {
        PageReader alice = practitioner(people.alice, people.email("alice"));
        String list = "/espace/effecteurs/" + people.alice + "/delegataires";
        assertThat(text(alice.open(list)))
                .contains(
                        "Vos délégataires",
                        "Un délégataire met à jour votre agenda :",
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
                .contains("Remplissez ce champ.");
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
    void nobody_becomes_a_delegate_of_their_own() {
        String alices = people.email("alice");
        String noa = people.email("noa");
        people.named(noa);
        PageReader alice = practitioner(people.alice, alices);
        PageReader manager = signIn(noa, "Noa", "PETIT");

        HttpResponse<String> own =
                ask(alice, "/espace/effecteurs/" + people.alice + "/delegataires", alices.toUpperCase(Locale.ROOT));
        HttpResponse<String> managers = ask(manager, "/espace/structures/" + people.centre + "/delegataires", noa);

        assertThat(List.of(own, managers)).allSatisfy(page -> {
            assertThat(page.statusCode()).isEqualTo(422);
            assertThat(page.body()).contains("id=\"email-fault\"", "value=\"MARTIN\"");
        });
        assertThat(text(own)).contains("est celle du compte du praticien : indiquez celle d'une autre personne.");
        assertThat(text(managers)).contains("est celle d'un gestionnaire de la structure");
        HttpResponse<String> byApi =
                people.practitioner().post(people.of("/delegations"), People.delegate(alices, "Tours"));
        assertThat(byApi.statusCode()).isEqualTo(422);
        assertThat(byApi.body()).contains("\"email\"", "a delegate is someone else");
    }

    @Test
    void hc15_hc16_hc17_a_centre_manager_asks_for_a_delegate_who_opens_the_centres_agenda_once_accepted() {
        String noa = people.email("noa");
        people.named(noa);
        PageReader manager = signIn(noa, "Noa", "PETIT");

        assertThat(text(ask(manager, "/espace/structures/" + people.centre + "/delegataires")))
                .contains(SENT);

        PageReader referent = accountManager();
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
        PageReader referent = accountManager();
        assertThat(text(referent.open("/espace"))).contains("Demandes de délégation", "Comptes");
        HttpResponse<String> requests = referent.open("/espace/demandes");
        assertThat(text(requests))
                .contains("Demandé par", "Alice DURAND", "Camille MARTIN", "Tours", camille)
                .containsPattern("Demandé le ?\\d\\d/\\d\\d/\\d{4} à \\d\\dh\\d\\d ");

        assertThat(text(decide(referent, requests, "true", ""))).contains("La demande est acceptée");

        PageReader delegate = signIn(camille, "Camille", "MARTIN");
        assertThat(delegate.open("/espace/delegations").body())
                .contains("Alice DURAND", "href=\"/espace/effecteurs/" + people.alice + "/agenda\"");
    }

    @Test
    void am2_a_refusal_needs_a_reason_which_the_practitioner_reads() {
        people.asked(camille);
        PageReader referent = accountManager();
        HttpResponse<String> requests = referent.open("/espace/demandes");

        HttpResponse<String> without = decide(referent, requests, "false", " ");
        assertThat(without.statusCode()).isEqualTo(422);
        assertThat(text(without)).contains("Remplissez ce champ.");
        assertThat(text(decide(referent, requests, "false", "Adresse inconnue")))
                .contains("La demande est refusée");

        PageReader alice = practitioner(people.alice, people.email("alice"));
        assertThat(text(alice.open("/espace/effecteurs/" + people.alice + "/delegataires")))
                .contains("Demande refusée", "Motif du refus", "Adresse inconnue");
    }

    @Test
    void whoever_has_no_address_is_not_said_to_have_been_told() {
        people.asked(camille);
        PageReader referent = accountManager();

        assertThat(text(decide(referent, referent.open("/espace/demandes"), "true", "")))
                .contains("La demande est acceptée ; le délégataire en est informé par mail.")
                .contains("Le demandeur n'a pas d'adresse électronique connue : prévenez-le.");
        mailsTo(camille, 1);
    }

    @Test
    void whoever_has_an_address_is_told_of_the_decision() {
        PageReader alice = practitioner(people.alice, people.email("alice"));
        assertThat(text(ask(alice, "/espace/effecteurs/" + people.alice + "/delegataires")))
                .contains(SENT);
        PageReader referent = accountManager();

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
    void whoever_decides_second_reads_what_the_first_decided() {
        people.asked(camille);
        PageReader first = accountManager();
        people.accountManagerOf("lou", "75");
        PageReader second = signIn(people.email("lou"), "Lou", "NOIR");
        HttpResponse<String> requests = second.open("/espace/demandes");
        decide(first, first.open("/espace/demandes"), "true", "");

        assertThat(text(decide(second, requests, "false", "Adresse inconnue")))
                .contains("La demande pour Camille MARTIN a déjà été acceptée ; votre décision n'a rien changé.");
    }

    @Test
    void whoever_refuses_second_and_gives_no_reason_reads_what_the_first_decided_too() {
        people.asked(camille);
        PageReader first = accountManager();
        people.accountManagerOf("lou", "75");
        PageReader second = signIn(people.email("lou"), "Lou", "NOIR");
        HttpResponse<String> requests = second.open("/espace/demandes");
        decide(first, first.open("/espace/demandes"), "true", "");

        HttpResponse<String> late = decide(second, requests, "false", "");

        assertThat(late.statusCode()).isEqualTo(200);
        assertThat(text(late))
                .contains("La demande pour Camille MARTIN a déjà été acceptée ; votre décision n'a rien changé.")
                .doesNotContain("n'est pas encore enregistrée");
    }

    @Test
    void a_refusal_without_a_reason_is_told_on_the_page_of_the_list_where_it_was_made() {
        people.asked(camille);
        PageReader referent = accountManager();
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

        assertThat(without.body()).contains("Remplissez ce champ.", "name=\"apres\" value=\"" + page + "\"");
    }

    @Test
    void a_refusal_without_a_reason_is_told_at_the_top_of_a_list_that_is_still_everybodys_and_can_be_reloaded() {
        people.asked(camille);
        PageReader referent = accountManager();
        HttpResponse<String> requests = referent.open("/espace/demandes");
        String heading = found(requests, "(?s)<h1>(.*?)</h1>");
        String card = requests.body().substring(requests.body().indexOf(camille));
        String action = found(card, "action=\"([^\"]+/demandes/[^\"]+)\"");

        HttpResponse<String> without = decide(referent, requests, "false", "");

        String top = without.body().substring(0, without.body().indexOf("<h2"));
        String field = found(
                top, "(?s)role=\"alert\">.*?<a href=\"#([^\"]+)\">Demande pour Camille MARTIN[^<]*Remplissez ce champ");
        assertThat(without.body()).contains("id=\"" + field + "\"");
        assertThat(found(without, "(?s)<h1>(.*?)</h1>")).isEqualTo(heading);
        assertThat(referent.open(action).uri().getPath()).isEqualTo("/espace/demandes");
    }

    @Test
    void am3_whoever_is_of_another_territory_sees_no_request_and_decides_none() {
        people.asked(camille);
        HttpResponse<String> requests = accountManager().open("/espace/demandes");
        people.accountManagerOf("gironde", "33");
        PageReader ofGironde = signIn(people.email("gironde"), "Sacha", "BLANC");

        assertThat(text(ofGironde.open("/espace/demandes"))).doesNotContain(camille);
        assertThat(decide(ofGironde, requests, "true", "").statusCode()).isEqualTo(404);
    }

    private HttpResponse<String> ask(PageReader person, String list) {
        return ask(person, list, camille);
    }

    private static HttpResponse<String> ask(PageReader person, String list, String email) {
        person.open(list + "/demande");
        return person.submit(
                list + "/demande", "family", "MARTIN", "given", "Camille", "town", "Tours", "email", email);
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
}
