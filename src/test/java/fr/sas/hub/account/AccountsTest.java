package fr.sas.hub.account;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts are made, found, changed, closed and opened again by account managers of the territory and by the platform. */
class AccountsTest extends PeopleHub {

    private static final String ACCOUNTS = "/api/v1/accounts";

    private People people;
    private HubClient ofParis;
    private String rene;

    @BeforeEach
    void an_account_manager_of_paris_and_a_regulator() {
        people = new People(port);
        ofParis = people.accountManager();
        rene = people.email("rene");
    }

    @Test
    void who_gets_an_account_is_welcomed_by_mail_and_let_in() {
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
    void who_is_named_or_accepted_has_an_account_and_managers_are_told_both_ways_to_sign_in() {
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
    void a_new_address_takes_delegations_and_facilities_along_and_is_welcomed() {
        String camille = people.email("camille");
        String married = people.email("camille.mariee");
        people.accepted(camille);
        people.named(camille);
        String calendar = people.calendarMadeBy(people.delegate(camille), people.of("/agenda/feed"));
        mailsTo(camille, 2);

        HttpResponse<String> changed = ofParis.put(ACCOUNTS + "/" + idOf(camille), account(married, "MARTIN", "[]"));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(people.delegate(married).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(200);
        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(403);
        assertThat(people.manager(married).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(200);
        assertThat(people.manager(camille).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(403);
        assertThat(people.anybody().get(calendar).statusCode()).isEqualTo(404);
        assertThat(read(mailsTo(married, 1).getLast())).contains("Mail d'activation SAS", "Centre des Tilleuls");
        assertThat(people.practitioner()
                        .json(people.of("/history?kind=delegation"))
                        .at("/changes/0/after/delegate")
                        .asText())
                .isEqualTo(married);
        assertThat(body(ofParis.get(ACCOUNTS + "/" + idOf(married) + "/history"))
                        .at("/changes/0/before/email")
                        .asText())
                .isEqualTo(camille);
    }

    @Test
    void an_address_gets_three_welcome_mails_an_hour_whoever_asks() {
        String address = location(ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]")));
        assertThat(ofParis.post(address + "/welcome-mail", "").statusCode()).isEqualTo(204);
        assertThat(ofParis.post(address + "/welcome-mail", "").statusCode()).isEqualTo(204);

        HttpResponse<String> refused = people.platform().post(address + "/welcome-mail", "");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 3600L);
        assertThat(refused.body()).contains("This address got 3 welcome mails within an hour");
        assertThat(ofParis.put(address, account(people.email("rene.a"), "GARNIER", "[]"))
                        .statusCode())
                .as("another address")
                .isEqualTo(200);
        HttpResponse<String> back = ofParis.put(address, account(rene, "GARNIER", "[]"));
        assertThat(back.statusCode()).as("back to the first").isEqualTo(429);
        assertThat(body(ofParis.get(address)).path("email").asText()).isEqualTo(people.email("rene.a"));
    }

    @Test
    void who_is_named_again_and_again_gets_three_welcome_mails_an_hour_too() {
        String noa = people.email("noa");
        for (int i = 0; i < 3; i++) {
            people.named(noa);
            assertThat(ofParis.put(
                                    ACCOUNTS + "/" + idOf(noa),
                                    account(people.email("noa.ailleurs" + i + "."), "PETIT", "[]"))
                            .statusCode())
                    .isEqualTo(200);
        }

        people.named(noa);

        assertThat(ofParis.post(ACCOUNTS + "/" + idOf(noa) + "/welcome-mail", "")
                        .statusCode())
                .as("those that came with being named count")
                .isEqualTo(429);
        assertThat(mailsTo(noa, 3)).hasSize(3);
    }

    @Test
    void a_practitioner_asks_for_twenty_delegates_an_hour_at_most() {
        String zoe = "/api/v1/practitioners/810000077790";
        people.platform().put(zoe, """
                {"family": "DURAND", "given": ["Zoé"], "profession": "10", "places": [{"structures": ["1750000790"],
                 "line": "1 rue des Tilleuls", "postalCode": "97500", "city": "VILLE"}]}""");
        HubClient herself = people.practitioner("810000077790");
        for (int i = 0; i < 20; i++) {
            assertThat(herself.post(zoe + "/delegations", People.delegate(people.email("delegate" + i + "."), "Tours"))
                            .statusCode())
                    .isEqualTo(201);
        }

        HttpResponse<String> refused =
                herself.post(zoe + "/delegations", People.delegate(people.email("delegate20."), "Tours"));

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(herself.get(zoe + "/delegations").body()).doesNotContain(people.email("delegate20."));
    }

    @Test
    void an_account_manager_changes_the_names_of_their_own_account_and_the_entry_follows() {
        String own = people.email("comptes");
        String address = ACCOUNTS + "/" + idOf(own);

        HttpResponse<String> changed = ofParis.put(address, account(own, "LEBLANC", "[]"));

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(body(people.platform().get("/api/v1/account-managers?email=" + own))
                        .toString())
                .contains("LEBLANC", "René")
                .doesNotContain("\"BLANC\"", "Sacha");
        HttpResponse<String> moved = ofParis.put(address, account(people.email("ailleurs"), "LEBLANC", "[]"));
        assertThat(moved.statusCode()).isEqualTo(422);
        assertThat(moved.body()).contains("is changed where you sign in");
        assertThat(ofParis.post(address + "/close", "").statusCode()).isEqualTo(422);
    }

    @Test
    void an_account_manager_whom_the_platform_gives_another_address_has_one_account_and_it_follows() {
        String former = people.email("comptes");
        String next = people.email("comptes.nouveau");
        String account = idOf(former);
        people.named(former);
        HttpResponse<String> changed = replace(former, next, "Sacha", "75");

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(idOf(next)).isEqualTo(account);
        assertThat(found(people.platform(), former)).doesNotContain(former);
        assertThat(people.manager(next).get(people.ofCentre("/settings")).statusCode())
                .as("the facility comes along")
                .isEqualTo(200);
        assertThat(read(mailsTo(next, 1).getLast())).contains("Mail d'activation SAS");
    }

    @Test
    void an_account_manager_whom_somebody_else_follows_keeps_their_account_and_nothing_of_it_goes_along() {
        String former = people.email("comptes");
        String next = people.email("dominique");
        String account = idOf(former);
        people.named(former);

        HttpResponse<String> changed = replace(former, next, "Dominique", "75");

        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(idOf(former)).isEqualTo(account);
        assertThat(idOf(next)).isNotEqualTo(account);
        assertThat(people.manager(former).get(people.ofCentre("/settings")).statusCode())
                .as("the facility is of who had it")
                .isEqualTo(200);
        assertThat(people.manager(next).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(403);
        assertThat(ofParis.get(ACCOUNTS).statusCode()).as("the former one").isEqualTo(403);
        assertThat(people.platform()
                        .actingFor("account-manager " + next)
                        .get(ACCOUNTS)
                        .statusCode())
                .isEqualTo(200);
        assertThat(read(mailsTo(next, 1).getLast())).startsWith("Mail d'activation SAS: Bonjour Dominique BLANC");
    }

    @Test
    void another_territory_of_an_account_manager_is_no_change_of_their_account() {
        String own = people.email("comptes");
        String address = ACCOUNTS + "/" + idOf(own);
        String before = people.platform().get(address).body();

        assertThat(replace(own, own, "Sacha", "33").statusCode()).isEqualTo(200);

        assertThat(people.platform().get(address).body()).isEqualTo(before);
        assertThat(body(people.platform().get(address + "/history")).path("changes"))
                .hasSize(1);
    }

    /** As the platform says of the account manager who had the former address. */
    private HttpResponse<String> replace(String former, String email, String given, String territory) {
        String entry = body(people.platform().get("/api/v1/account-managers?email=" + former))
                .at("/accountManagers/0/id")
                .asText();
        return people.platform().put("/api/v1/account-managers/" + entry, """
                {"email": "%s", "family": "BLANC", "given": "%s", "territories": ["%s"]}""".formatted(email, given, territory));
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
    void an_account_manager_gives_themselves_neither_roles_nor_territories() {
        String own = people.email("comptes");
        String address = ACCOUNTS + "/" + idOf(own);

        assertThat(fields(ofParis.put(address, account(own, "BLANC", "[\"regulator\"]"))))
                .containsExactly("roles");
        assertThat(fields(ofParis.put(address, """
                        {"email": "%s", "family": "BLANC", "given": "Sacha", "territories": ["75"]}""".formatted(own)))).containsExactly("territories");
        assertThat(ofParis.put(address, account(own, "LEBLANC", "[]")).statusCode())
                .isEqualTo(200);
        assertThat(body(people.platform().get(address)).path("territories")).isEmpty();
    }

    @Test
    void who_comes_with_an_address_that_is_asked_for_the_same_already_is_let_in_and_nothing_moves() {
        String camille = people.email("camille");
        String other = people.email("camille.perso");
        people.accepted(camille);
        signInAs("sub-" + camille, camille);
        people.asked(other);

        PageReader moved = signInAs("sub-" + camille, other);

        assertThat(moved.open("/espace").uri().getPath()).isEqualTo("/espace");
        assertThat(body(people.platform().get(ACCOUNTS + "/" + idOf(other)))
                        .path("email")
                        .asText())
                .isEqualTo(other);
        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .as("the delegation stays where it is")
                .isEqualTo(200);
    }

    @Test
    void who_is_a_regulator_or_runs_the_hub_reads_as_whom_they_are_signed_in_and_where_they_work() {
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
    void who_changes_their_address_at_the_provider_takes_delegations_along() {
        String camille = people.email("camille");
        String married = people.email("camille.mariee");
        people.accepted(camille);
        signInAs("subject-of-" + camille, camille);

        PageReader page = signInAs("subject-of-" + camille, married);

        assertThat(page.open("/espace").body()).contains("Délégataire");
        assertThat(people.delegate(married).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(200);
        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(403);
    }

    @Test
    void an_address_that_others_typed_opens_nothing_before_its_owner_showed_that_it_is_theirs() {
        String puppet = people.email("puppet");
        String victim = people.email("victim");
        people.named(puppet);
        PageReader page = signInAs("subject-of-" + puppet, puppet);
        String request = people.asked(victim);
        assertThat(ofParis.put(ACCOUNTS + "/" + idOf(puppet), account(victim, "MARTIN", "[]"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(ofParis.put(request + "/decision", "{\"accepted\": true}").statusCode())
                .isEqualTo(200);

        assertThat(page.open("/espace").body()).doesNotContain("Délégataire");
        assertThat(signInAs("subject-of-" + puppet, puppet).open("/espace").body())
                .as("nor by the address that the provider knows")
                .doesNotContain("Délégataire");
        assertThat(signInAs("subject-of-" + puppet, people.email("third"))
                        .open("/espace")
                        .body())
                .as("nor by a third one")
                .doesNotContain("Délégataire");
    }

    @Test
    void an_account_manager_does_not_move_the_address_of_a_practitioner_or_of_who_acts_elsewhere_too() {
        String alice = people.email("alice");
        String calendar = people.calendarMadeBy(people.practitioner(), people.of("/agenda/feed"));
        practitioner(people.alice, alice);
        String camille = people.email("camille");
        people.accepted(camille);
        String elsewhere = "1330%06d".formatted(Integer.parseInt(people.centre.substring(4)));
        assertThat(people.platform().put("/api/v1/facilities/" + elsewhere, """
                                {"name": "Centre du Port", "kind": "cds", "line": "1 quai du Port", "postalCode": "33000",
                                 "city": "VILLE"}""").statusCode())
                .isEqualTo(200);
        assertThat(people.platform()
                        .post("/api/v1/facilities/" + elsewhere + "/managers", """
                                {"email": "%s", "family": "MARTIN", "given": "Camille"}""".formatted(camille))
                        .statusCode())
                .isEqualTo(201);

        assertThat(fields(ofParis.put(ACCOUNTS + "/" + idOf(alice), account(people.email("a"), "DURAND", "[]"))))
                .containsExactly("email");
        assertThat(fields(ofParis.put(ACCOUNTS + "/" + idOf(camille), account(people.email("c"), "MARTIN", "[]"))))
                .containsExactly("email");

        assertThat(ofParis.post(ACCOUNTS + "/" + idOf(alice) + "/close", "").statusCode())
                .isEqualTo(200);
        assertThat(people.anybody().get(calendar).statusCode())
                .as("the calendar of a closed practitioner")
                .isEqualTo(404);
    }

    @Test
    void the_welcome_mail_is_sent_once_more_at_wish() {
        HttpResponse<String> made = ofParis.post(ACCOUNTS, account(rene, "GARNIER", "[]"));
        mailsTo(rene, 1);

        assertThat(ofParis.post(location(made) + "/welcome-mail", "").statusCode())
                .isEqualTo(204);

        assertThat(mailsTo(rene, 2)).hasSize(2);
    }

    @Test
    void who_changes_what_somebody_else_changed_meanwhile_is_told() {
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

    private static String account(String email, String family, String roles) {
        return """
                {"email": "%s", "family": "%s", "given": "René", "roles": %s}""".formatted(email, family, roles);
    }

    private static String location(HttpResponse<String> made) {
        return made.headers().firstValue("Location").orElseThrow();
    }

    private HttpResponse<String> put(String path, String json, String ifMatch) {
        return ofParis.send(ofParis.request(path)
                .header("If-Match", ifMatch)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(json)));
    }

    private String idOf(String email) {
        return StreamSupport.stream(accounts(people.platform(), email).spliterator(), false)
                .filter(account -> account.path("email").asText().equals(email))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    private static String found(HubClient who, String text) {
        return accounts(who, text).findValuesAsText("email").toString();
    }

    private static JsonNode accounts(HubClient who, String text) {
        return body(who.get(ACCOUNTS + "?text=" + text.replace("é", "%C3%A9").replace("+", "%20")))
                .path("accounts");
    }

    private static java.util.List<String> fields(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return body(refused).path("errors").findValuesAsText("field");
    }
}
