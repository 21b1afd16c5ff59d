package fr.sas.hub.account;

import static fr.sas.hub.delegation.People.body;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;

/** An account manager of Paris, the platform, and a regulator who has no account yet. */
abstract class AccountManagersHub extends PeopleHub {

    static final String ACCOUNTS = "/api/v1/accounts";

    People people;
    HubClient ofParis;
    String rene;

    @BeforeEach
    void an_account_manager_of_paris_and_a_regulator() {
        people = new People(port);
        ofParis = people.accountManager();
        rene = people.email("rene");
    }

    static String account(String email, String family, String roles) {
        return """
                {"email": "%s", "family": "%s", "given": "René", "roles": %s}""".formatted(email, family, roles);
    }

    static String location(HttpResponse<String> made) {
        return made.headers().firstValue("Location").orElseThrow();
    }

    String idOf(String email) {
        return StreamSupport.stream(accounts(people.platform(), email).spliterator(), false)
                .filter(account -> account.path("email").asText().equals(email))
                .findFirst()
                .orElseThrow()
                .path("id")
                .asText();
    }

    static String found(HubClient who, String text) {
        return accounts(who, text).findValuesAsText("email").toString();
    }

    static JsonNode accounts(HubClient who, String text) {
        return body(who.get(ACCOUNTS + "?text=" + text.replace("é", "%C3%A9").replace("+", "%20")))
                .path("accounts");
    }

    static List<String> fields(HttpResponse<String> refused) {
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
        return body(refused).path("errors").findValuesAsText("field");
    }
}
