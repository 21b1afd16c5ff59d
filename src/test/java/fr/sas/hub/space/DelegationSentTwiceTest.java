package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.PageReader;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Asking for a delegate, deciding on it and ending it, sent twice. */
class DelegationSentTwiceTest extends FormsSentTwice {

    private String request;

    @BeforeEach
    void delegates_are_asked_for_by_a_form() {
        request = space + "/delegataires/demande";
    }

    @Test
    void a_delegate_is_asked_for_once() {
        String camille = people.email("camille");
        String[] form = requestFor(camille);

        alice.submit(request, form);
        HttpResponse<String> second = alice.submit(request, form);

        assertThat(second.uri().getPath()).endsWith("/delegataires/demande-envoyee");
        assertThat(alice.open(space + "/delegataires").body()).containsOnlyOnce(camille);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_delegate_who_was_refused_or_has_withdrawn_is_asked_for_again_by_the_same_form(boolean refused) {
        String[] form = requestFor(people.email("camille"));
        alice.submit(request, form);
        String first =
                people.of("/delegations/") + delegations().getFirst().path("id").asText();
        if (refused) {
            people.accountManager().put(first + "/decision", "{\"accepted\": false, \"reason\": \"Adresse inconnue\"}");
        } else {
            people.practitioner().delete(first);
        }

        for (int time = 0; time < 2; time++) {
            assertThat(alice.submit(request, form).uri().getPath()).endsWith("/delegataires/demande-envoyee");
        }

        assertThat(delegations())
                .extracting(delegation -> delegation.path("state").asText())
                .containsExactlyInAnyOrder("requested", refused ? "refused" : "revoked");
    }

    private String[] requestFor(String email) {
        return filledIn(alice.open(request), "family", "MARTIN", "given", "Camille", "town", "Tours", "email", email);
    }

    private List<JsonNode> delegations() {
        return StreamSupport.stream(
                        people.practitioner()
                                .json(people.of("/delegations"))
                                .path("delegations")
                                .spliterator(),
                        false)
                .toList();
    }

    @Test
    void dl7_a_delegation_ended_twice_has_ended() {
        people.accepted(people.email("camille"));
        HttpResponse<String> delegates = alice.open(space + "/delegataires");
        String end = action(delegates, "/revocation");
        String[] form = filledIn(delegates);

        alice.submit(end, form);

        assertThat(alice.submit(end, form).body())
                .contains("La délégation est terminée.")
                .doesNotContain("entre-temps");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void am2_a_decision_sent_twice_is_made_once_and_said_twice(boolean accepted) {
        people.asked(people.email("camille"));
        PageReader sacha = accountManager();
        String card = sacha.open("/espace/demandes").body();
        card = card.substring(card.indexOf(people.email("camille")));
        String decide = card.replaceAll("(?s)^.*?action=\"([^\"]+/demandes/[^\"]+)\".*", "$1");
        String[] decision = {
            "accepted", String.valueOf(accepted), "version", "1", "reason", accepted ? "" : "Adresse inconnue"
        };

        String first = said(sacha.submit(decide, decision));

        assertThat(first).contains(accepted ? "La demande est acceptée" : "La demande est refusée");
        assertThat(said(sacha.submit(decide, decision))).isEqualTo(first);
        decision[1] = String.valueOf(!accepted);
        decision[5] = "Adresse inconnue";
        assertThat(said(sacha.submit(decide, decision)))
                .as("the other way round")
                .contains("votre décision n&#39;a rien changé");
    }
}
