package fr.sas.hub.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.MovableClock;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.stat.Statistics;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;

/** Delegations as account managers and delegates find them. */
@HubTest
@Import(MovableClock.Wound.class)
class DelegationListsTest {

    private static final Instant FRIDAY = Instant.parse("2026-06-12T08:00:00Z");

    @LocalServerPort
    int port;

    @Autowired
    MovableClock clock;

    @Autowired
    EntityManagerFactory hibernate;

    private People people;
    private String camille;

    @BeforeEach
    void alice_and_camille() {
        clock.moveTo(FRIDAY);
        people = new People(port);
        camille = people.email("camille");
    }

    @Test
    void account_managers_see_the_open_requests_of_all_and_a_delegate_their_own() {
        People others = new People(port);
        String first = id(people.asked(camille));
        clock.moveTo(FRIDAY.plusMillis(1));
        String second = id(others.asked(camille));
        String third = id(others.asked(others.email("noa")));
        others.accountManager().put(others.of("/delegations/" + second) + "/decision", "{\"accepted\": true}");

        assertThat(ids(people.accountManager().json("/api/v1/delegations?state=requested")))
                .contains(first, third)
                .doesNotContain(second);
        assertThat(ids(people.accountManager().json("/api/v1/delegations?delegate=" + camille)))
                .containsExactly(first, second);
        assertThat(ids(people.delegate(camille).json("/api/v1/delegations"))).containsExactly(first, second);
        JsonNode own = people.delegate(camille).json("/api/v1/delegations?state=accepted");
        assertThat(ids(own)).containsExactly(second);
        assertThat(own.at("/delegations/0/practitioner").asText()).isEqualTo(others.alice);
        assertThat(own.at("/delegations/0/practitionerName").asText()).isEqualTo("Alice DURAND");
        assertThat(people.delegate(camille)
                        .get("/api/v1/delegations?delegate=" + others.email("noa"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(people.practitioner().get("/api/v1/delegations").statusCode())
                .isEqualTo(403);
    }

    @Test
    void a_long_list_comes_in_pages() {
        List<String> asked = new ArrayList<>();
        for (int i = 0; i < 103; i++) {
            clock.moveTo(FRIDAY.plus(Duration.ofMinutes(4L * i)));
            String delegation = people.asked(camille);
            people.practitioner().delete(delegation);
            asked.add(id(delegation));
        }

        Statistics statements = hibernate.unwrap(SessionFactory.class).getStatistics();
        statements.setStatisticsEnabled(true);
        JsonNode first = people.delegate(camille).json("/api/v1/delegations");
        assertThat(statements.getPrepareStatementCount())
                .as("statements for 100 delegations")
                .isLessThan(10);
        statements.setStatisticsEnabled(false);
        JsonNode second = people.delegate(camille)
                .json("/api/v1/delegations?after=" + first.path("next").asText());

        assertThat(ids(first)).isEqualTo(asked.subList(0, 100));
        assertThat(ids(second)).isEqualTo(asked.subList(100, 103));
        assertThat(second.path("next").isNull()).isTrue();
    }

    private static List<String> ids(JsonNode page) {
        return page.path("delegations").findValuesAsText("id");
    }

    private static String id(String address) {
        return address.substring(address.lastIndexOf('/') + 1);
    }
}
