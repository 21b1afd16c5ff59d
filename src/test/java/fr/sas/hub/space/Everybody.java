package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.MappedAddress;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.Visit;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * P practitioner, D delegate of the practitioner and of the centre, M manager of the health centre, F manager of another
 * structure, A account manager of their département, R regulator, O somebody who runs the hub, X somebody whose delegation was revoked; a dash:
 * nobody. Addresses about a structure: at the centre, a slash, at the other structure, which has no agenda.
 */
final class Everybody {

    private static final String KNOWN_BY_NOBODY = "not-an-id";

    final People people;

    /** Somebody for whom none of them acts. */
    final People far;

    /** The other structure. */
    final String msp;

    private final int port;

    Everybody(int port) {
        this.port = port;
        people = new People(port);
        far = new People(port);
        HubClient platform = people.platform();
        platform.put(far.of(""), """
                {"family": "LEROY", "profession": "10", "places": [{"postalCode": "33000", "city": "BORDEAUX"}]}""");
        platform.put(far.ofCentre(""), """
                {"name": "Centre du Port", "kind": "cds", "postalCode": "33000", "city": "BORDEAUX"}""");
        msp = people.centre.replaceFirst("^1751", "1753");
        platform.put("/api/v1/facilities/" + msp, """
                {"name": "MSP des Tilleuls", "kind": "msp", "postalCode": "75001", "city": "VILLE"}""");
        people.accepted(people.email("camille"));
        people.named(people.email("noa"));
        delegateOfTheCentre(people.email("camille"));
        people.accountManager().post("/api/v1/facilities/" + msp + "/managers", """
                {"email": "%s", "family": "ROY", "given": "Flor"}""".formatted(people.email("flor")));
    }

    Map<Character, Visit> visits() {
        String rene = people.email("rene");
        String ola = people.email("ola");
        String xenia = people.email("xenia");
        account(people.accountManager(), rene, "regulator");
        account(people.platform().as("test-ops"), ola, "ops");
        String delegation = people.accepted(xenia);
        Map<Character, Visit> visits = new LinkedHashMap<>();
        visits.put('P', practitioner());
        visits.put('D', signedIn(people.email("camille")));
        visits.put('M', signedIn(people.email("noa")));
        visits.put('F', signedIn(people.email("flor")));
        visits.put('A', signedIn(people.email("comptes")));
        visits.put('R', signedIn(rene));
        visits.put('O', signedIn(ola));
        visits.put('X', signedIn(xenia));
        assertThat(people.practitioner().delete(delegation).statusCode()).isBetween(200, 299);
        return visits;
    }

    Visit practitioner() {
        return Visit.signedIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
    }

    Visit signedIn(String email) {
        return Visit.signedIn(port, email, SignInProvider.address(email, "Camille", "MARTIN"));
    }

    void close(String email) {
        String account = people.platform()
                .json("/api/v1/accounts?text=" + email)
                .at("/accounts/0/id")
                .asText();
        assertThat(people.platform()
                        .post("/api/v1/accounts/" + account + "/close", "")
                        .statusCode())
                .isBetween(200, 299);
    }

    private void account(HubClient maker, String email, String role) {
        HttpResponse<String> made = maker.post("/api/v1/accounts", """
                {"email": "%s", "family": "GARNIER", "given": "René", "roles": ["%s"], "territories": ["75"]}""".formatted(email, role));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    private void delegateOfTheCentre(String email) {
        HubClient manager = people.manager(people.email("noa"));
        HttpResponse<String> asked = manager.post(people.ofCentre("/delegations"), People.delegate(email, "Tours"));
        assertThat(asked.statusCode()).as(asked.body()).isEqualTo(201);
        people.accountManager()
                .put(asked.headers().firstValue("Location").orElseThrow() + "/decision", "{\"accepted\": true}");
    }

    /** @param address method and address, as {@link #addresses} lists them */
    HttpResponse<String> send(Visit visit, String address, String subject, String form) {
        String place = subject.equals(people.alice) ? people.place : subject;
        return visit.send(address.substring(0, address.indexOf(' ')), filled(address, subject, place), form);
    }

    /** Method and address, such as {@code GET /espace}. */
    static Stream<String> addresses(Collection<RequestMappingHandlerMapping> mappings, String below) {
        return MappedAddress.all(mappings)
                .filter(address -> address.isBelow(below))
                .map(MappedAddress::toString);
    }

    /** What is asked for below the subject is nothing that can be: it is refused after the rights were asked. */
    static String filled(String address, String subject, String place) {
        return address.substring(address.indexOf(' ') + 1)
                .replaceFirst("(?<=/(practitioners|effecteurs|facilities|structures)/)\\{\\w+}", subject)
                .replace("{place}", place)
                .replace("{entry}/{date}", "0197609e-8d5c-7e3c-9a44-1d7d3c7b0f55/2026-06-12")
                .replaceAll("\\{action:(\\w+)[^}]*}", "$1")
                .replaceAll("\\{\\w+}", KNOWN_BY_NOBODY);
    }

    static List<String> lines(SortedMap<String, String> table) {
        return table.entrySet().stream()
                .map(line -> line.getKey() + " " + line.getValue())
                .toList();
    }

    static SortedMap<String, String> table(String lines) {
        SortedMap<String, String> table = new TreeMap<>();
        lines.lines()
                .forEach(line ->
                        table.put(line.substring(0, line.lastIndexOf(' ')), line.substring(line.lastIndexOf(' ') + 1)));
        return table;
    }
}
