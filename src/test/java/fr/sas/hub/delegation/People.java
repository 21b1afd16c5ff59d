package fr.sas.hub.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.HubClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** A practitioner, a health centre, and the portal that calls for persons; each time others. */
public final class People {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger(9_300);

    private final int number = NUMBER.incrementAndGet();
    private final HubClient portal;
    private final HubClient accountManager;

    /** National id of a practitioner whom the directory knows, with a place of practice. */
    public final String alice = Batches.practitioner(number).value();
    /** National id of a health centre that the directory knows. */
    public final String centre = "1751%06d".formatted(number);

    public final String place = "1752%06d".formatted(number);

    public People(int port) {
        portal = HubClient.at(port).as("test-portal");
        assertThat(portal.put("/api/v1/practitioners/" + alice, """
                                {"family": "DURAND", "given": ["Alice"], "profession": "10", "places": [{"structures": ["%s"],
                                 "line": "1 rue des Tilleuls", "postalCode": "75001", "city": "VILLE"}]}""".formatted(place))
                        .statusCode())
                .isEqualTo(200);
        assertThat(portal.put("/api/v1/facilities/" + centre, """
                                {"name": "Centre des Tilleuls", "kind": "cds", "line": "2 rue des Tilleuls",
                                 "postalCode": "75001", "city": "VILLE"}""").statusCode()).isEqualTo(200);
        accountManager = accountManagerOf("comptes", "75");
    }

    /** An account manager who takes care of these départements; named by the platform. */
    public HubClient accountManagerOf(String name, String... departements) {
        String territories = String.join("\", \"", departements);
        HttpResponse<String> named = portal.post("/api/v1/account-managers", """
                {"email": "%s", "family": "BLANC", "given": "Sacha", "territories": ["%s"]}""".formatted(email(name), territories));
        assertThat(named.statusCode()).as(named.body()).isEqualTo(201);
        return portal.actingFor("account-manager " + email(name));
    }

    /** An address of this test's own. */
    public String email(String name) {
        return name + number + "@exemple.fr";
    }

    public HubClient platform() {
        return portal;
    }

    public HubClient practitioner() {
        return practitioner(alice);
    }

    public HubClient practitioner(String nationalId) {
        return portal.actingFor("practitioner " + nationalId);
    }

    public HubClient delegate(String email) {
        return portal.actingFor("delegate " + email);
    }

    public HubClient manager(String email) {
        return portal.actingFor("manager " + email);
    }

    public HubClient accountManager() {
        return accountManager;
    }

    /** @param path below the practitioner, such as {@code /agenda/entries} */
    public String of(String path) {
        return "/api/v1/practitioners/" + alice + path;
    }

    public String ofCentre(String path) {
        return "/api/v1/facilities/" + centre + path;
    }

    public String entry() {
        return """
                {"place": "%s", "date": "2026-06-15", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(place);
    }

    public static String delegate(String email, String town) {
        return """
                {"email": "%s", "family": "MARTIN", "given": "Camille", "town": "%s"}""".formatted(email, town);
    }

    /** @return the address of a delegation that the practitioner asked for */
    public String asked(String email) {
        HttpResponse<String> asked = practitioner().post(of("/delegations"), delegate(email, "Tours"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        return asked.headers().firstValue("Location").orElseThrow();
    }

    /** @return the address of a delegation in force */
    public String accepted(String email) {
        String delegation = asked(email);
        assertThat(accountManager()
                        .put(delegation + "/decision", "{\"accepted\": true}")
                        .statusCode())
                .isEqualTo(200);
        return delegation;
    }

    /** Somebody without a token or a name. */
    public HubClient anybody() {
        return portal.as("nobody");
    }

    /** @return the secret address of the calendar */
    public String calendarMadeBy(HubClient person, String feed) {
        HttpResponse<String> made = person.post(feed, "");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return body(made).path("address").asText();
    }

    /** @return the address of the manager at the centre */
    public String named(String email) {
        HttpResponse<String> named = accountManager().post(ofCentre("/managers"), """
                        {"email": "%s", "family": "PETIT", "given": "Noa"}""".formatted(email));
        assertThat(named.statusCode()).as(named.body()).isEqualTo(201);
        return named.headers().firstValue("Location").orElseThrow();
    }

    public static JsonNode body(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
