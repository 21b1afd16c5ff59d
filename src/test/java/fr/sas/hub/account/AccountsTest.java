package fr.sas.hub.account;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Accounts are made, found, changed, closed and opened again by account managers of the territory and by the platform. */
class AccountsTest extends AccountManagersHub {

    @Test
    void whoever_gets_an_account_is_welcomed_by_mail_and_let_in() {
        HttpResponse<String> made = ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[\"regulator\"]"));

        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(body(made).path("territories").toString()).isEqualTo("[\"75\"]");
        assertThat(body(made).path("roles").toString()).isEqualTo("[\"regulator\"]");
        assertThat(read(mailsTo(rene, 1).getLast()))
                .isEqualTo(
                        "Mail d'activation SAS: Bonjour René GARNIER, En tant qu'utilisateur sur un territoire pilote du"
                                + " Service d'Accès aux Soins, vous pouvez accéder dès maintenant à la plateforme digitale SAS."
                                + " Cliquez ici pour réaliser votre première connexion : https://sas.exemple.fr/connexion"
                                + " Cordialement, L'équipe SAS");
        assertThat(signIn(rene, "René", "GARNIER").open("/espace").body()).contains("Bonjour René GARNIER");
        assertThat(body(ofParis.get(location(made))).has("lastSignInAt")).isTrue();
    }

    @Test
    void an_account_is_found_by_a_part_of_its_name_or_address_in_its_territory_only() {
        String one = people.email("trouve-moi");
        ofParis.post(ACCOUNTS, account(one, "ÉTIENNE-" + one.replaceAll("\\D", ""), "[]"));
        HubClient ofGironde = people.accountManagerOf("gironde", "33");

        assertThat(found(ofParis, "trouve-moi")).contains(one);
        assertThat(found(ofParis, "rené+étienne-" + one.replaceAll("\\D", ""))).contains(one);
        assertThat(found(ofGironde, "trouve-moi")).doesNotContain(one);
        assertThat(found(people.platform(), "trouve-moi")).contains(one);
        String address = ACCOUNTS + "/" + idOf(one);
        assertThat(ofGironde.get(address).statusCode()).isEqualTo(404);
        assertThat(ofGironde.post(address + "/close", "").statusCode()).isEqualTo(404);
        assertThat(ofGironde.get(address + "/history").statusCode()).isEqualTo(404);
        assertThat(ofGironde.post(address + "/welcome-mail", "").statusCode()).isEqualTo(404);
    }

    @Test
    void whoever_is_named_or_accepted_has_an_account_and_managers_are_told_both_ways_to_sign_in() {
        String noa = people.email("noa");
        String camille = people.email("camille");

        people.named(noa);
        people.accepted(camille);

        assertThat(read(mailsTo(noa, 1).getLast()))
                .startsWith("Mail d'activation SAS: Bonjour Noa PETIT,")
                .contains("Centre des Tilleuls")
                .contains("Pro Santé Connect : https://sas.exemple.fr/connexion/aller?par=psc")
                .contains("mot de passe : https://sas.exemple.fr/connexion/aller ");
        assertThat(mailsTo(camille, 2))
                .extracting(PeopleHub::read)
                .anyMatch(mail -> mail.startsWith("Mail d'activation"));
        assertThat(body(ofParis.get(ACCOUNTS + "/" + idOf(noa))).path("kinds").toString())
                .isEqualTo("[\"manager\"]");
        assertThat(body(ofParis.get(ACCOUNTS + "/" + idOf(camille)))
                        .path("kinds")
                        .toString())
                .isEqualTo("[\"delegate\"]");
    }

    @Test
    void an_account_manager_renames_people_in_their_own_territory_only() {
        String noa = people.email("noa");
        people.named(noa);
        String elsewhere = people.centre.replaceFirst("175", "113");
        people.platform().put("/api/v1/facilities/" + elsewhere, """
                {"name": "Centre du Port", "kind": "cds", "line": "1 quai du Port", "postalCode": "13002", "city": "MARSEILLE"}""");
        people.platform().post("/api/v1/facilities/" + elsewhere + "/managers", """
                {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(noa));

        HttpResponse<String> renamed = ofParis.put(ACCOUNTS + "/" + idOf(noa), account(noa, "GRAND", "[]"));

        assertThat(renamed.statusCode()).as(renamed.body()).isEqualTo(200);
        assertThat(people.platform().get(people.ofCentre("/managers")).body()).contains("GRAND");
        assertThat(people.platform()
                        .get("/api/v1/facilities/" + elsewhere + "/managers")
                        .body())
                .contains("PETIT")
                .doesNotContain("GRAND");
    }

    @Test
    void whoever_is_a_regulator_or_runs_the_hub_reads_as_whom_they_are_signed_in_and_where_they_work() {
        ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[\"regulator\"]"));
        String ola = people.email("ola");
        HubClient.at(port).as("test-ops").post(ACCOUNTS, account(ola, "ROUSSEL", "[\"ops\", \"regulator\"]"));

        String regulator = signIn(rene, "René", "GARNIER").open("/espace").body();
        String ops = signIn(ola, "Ola", "ROUSSEL").open("/espace").body();

        assertThat(regulator)
                .contains("Vous êtes connecté en tant que", "SAS - Régulateur", "logiciel de régulation")
                .doesNotContain("href=\"/console\"", "Vous n&#39;agissez plus pour personne");
        assertThat(ops).contains("SAS - Exploitation", "SAS - Régulateur", "href=\"/console\"");
    }

    @Test
    void a_closed_account_opens_nothing_until_it_is_opened_again() {
        String camille = people.email("camille");
        people.accepted(camille);
        String calendar = people.calendarMadeBy(people.delegate(camille), people.of("/agenda/feed"));
        PageReader page = signIn(camille, "Camille", "MARTIN");
        String address = ACCOUNTS + "/" + idOf(camille);

        assertThat(body(ofParis.post(address + "/close", "")).path("closed").asBoolean())
                .isTrue();

        HttpResponse<String> refused = people.delegate(camille).get(people.of("/agenda/entries"));
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("This person's account is closed");
        assertThat(List.of(
                        people.delegate(camille).get("/fhir/metadata"),
                        people.delegate(camille).post("/fhir/Slot/$validate", "{\"resourceType\": \"Slot\"}")))
                .as("at the other doors too")
                .allSatisfy(outcome -> {
                    assertThat(outcome.statusCode()).isEqualTo(403);
                    assertThat(outcome.body()).contains("OperationOutcome", "This person's account is closed");
                });
        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(404);
        assertThat(page.open("/espace").body()).contains("Ce compte a été fermé");
        assertThat(ofParis.post(address + "/welcome-mail", "").statusCode()).isEqualTo(422);

        assertThat(ofParis.post(address + "/reopen", "").statusCode()).isEqualTo(200);

        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(200);
        assertThat(signIn(camille, "Camille", "MARTIN").open("/espace").body()).contains("Délégataire");
    }

    @Test
    void whoever_changes_what_somebody_else_changed_meanwhile_is_told() {
        HttpResponse<String> made = ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]"));
        String version = made.headers().firstValue("ETag").orElseThrow();
        signIn(rene, "René", "GARNIER");

        assertThat(put(location(made), account(rene, "MOREAU", "[]"), version).statusCode())
                .as("a sign-in is no change")
                .isEqualTo(200);
        assertThat(put(location(made), account(rene, "LEROY", "[]"), version).statusCode())
                .isEqualTo(412);
    }

    @Test
    void every_fault_is_named_at_once_and_an_address_is_of_one_account_only() {
        ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]"));

        assertThat(fields(ofParis.post(ACCOUNTS, """
                        {"email": "rene", "family": " ", "roles": ["queen"], "territories": ["20"]}""")))
                .containsExactly("email", "family", "given", "roles[0]", "territories[0]");
        assertThat(fields(ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]"))))
                .containsExactly("email");
        assertThat(fields(ofParis.post(ACCOUNTS, account(people.email("o"), "OPS", "[\"ops\"]"))))
                .containsExactly("roles");
        assertThat(fields(ofParis.post(ACCOUNTS, """
                        {"email": "%s", "family": "A", "given": "B", "territories": ["33"]}""".formatted(people.email("g")))))
                .containsExactly("territories");
    }

    @Test
    void accounts_of_account_managers_and_of_ops_are_changed_by_the_platform_only() {
        String other = people.email("paris");
        people.accountManagerOf("paris", "75", "33");
        String address = ACCOUNTS + "/" + idOf(other);

        assertThat(ofParis.put(address, account(people.email("pirate"), "BLANC", "[]"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(ofParis.post(address + "/close", "").statusCode()).isEqualTo(403);
        assertThat(people.platform().put(address, account(other, "BLANC", "[]")).statusCode())
                .isEqualTo(200);
    }

    @Test
    void nobody_else_sees_accounts() {
        String camille = people.email("camille");
        people.accepted(camille);
        String noa = people.email("noa");
        people.named(noa);

        assertThat(people.practitioner().get(ACCOUNTS).statusCode()).isEqualTo(403);
        assertThat(people.delegate(camille).get(ACCOUNTS).statusCode()).isEqualTo(403);
        assertThat(people.manager(noa).get(ACCOUNTS).statusCode()).isEqualTo(403);
        assertThat(HubClient.at(port).as("test-search").get(ACCOUNTS).statusCode())
                .isEqualTo(403);
    }

    private HttpResponse<String> put(String path, String json, String ifMatch) {
        return ofParis.send(ofParis.request(path)
                .header("If-Match", ifMatch)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }
}
