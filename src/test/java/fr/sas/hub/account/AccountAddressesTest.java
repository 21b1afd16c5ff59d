package fr.sas.hub.account;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** An account's address is changed by account managers or at the provider, and takes along what is tied to it. */
class AccountAddressesTest extends AccountManagersHub {

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
                .isEqualTo(404);
        assertThat(people.manager(married).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(200);
        assertThat(people.manager(camille).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(404);
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
    void whoever_comes_with_an_address_that_is_asked_for_the_same_already_is_let_in_and_nothing_moves() {
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
    void whoever_changes_their_address_at_the_provider_takes_delegations_along() {
        String camille = people.email("camille");
        String married = people.email("camille.mariee");
        people.accepted(camille);
        signInAs("subject-of-" + camille, camille);

        PageReader page = signInAs("subject-of-" + camille, married);

        assertThat(page.open("/espace").body()).contains("Délégataire");
        assertThat(people.delegate(married).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(200);
        assertThat(people.delegate(camille).get(people.of("/agenda/entries")).statusCode())
                .isEqualTo(404);
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
    void an_account_manager_does_not_move_the_address_of_a_practitioner_or_of_anybody_who_acts_elsewhere_too() {
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
}
