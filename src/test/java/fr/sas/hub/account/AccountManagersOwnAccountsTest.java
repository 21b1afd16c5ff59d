package fr.sas.hub.account;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

/** An account manager's own account, and what the platform changes of it. */
class AccountManagersOwnAccountsTest extends AccountManagersHub {

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
        assertThat(moved.body()).contains("can only be changed where you sign in");
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
                .as("the facility stays with the account that had it")
                .isEqualTo(200);
        assertThat(people.manager(next).get(people.ofCentre("/settings")).statusCode())
                .isEqualTo(404);
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

    /** As the platform says of the account manager who had the former address. */
    private HttpResponse<String> replace(String former, String email, String given, String territory) {
        String entry = body(people.platform().get("/api/v1/account-managers?email=" + former))
                .at("/accountManagers/0/id")
                .asText();
        return people.platform().put("/api/v1/account-managers/" + entry, """
                {"email": "%s", "family": "BLANC", "given": "%s", "territories": ["%s"]}""".formatted(email, given, territory));
    }
}
