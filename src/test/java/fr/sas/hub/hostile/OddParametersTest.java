package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.delegation.People;
import fr.sas.hub.testing.HubClient;
import fr.sas.hub.testing.MappedAddress;
import fr.sas.hub.testing.PeopleHubTest;
import fr.sas.hub.testing.SignInProvider;
import fr.sas.hub.testing.Visit;
import java.lang.reflect.RecordComponent;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Every parameter of every page, of the console and of the API, as the application itself lists them, with values that no form
 * and no link of ours sends, from somebody who may be there: whatever is answered, nothing fails.
 */
@PeopleHubTest
class OddParametersTest {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\*?(\\w+)(:[^{}]*(\\{[^{}]*}[^{}]*)*)?}");

    /** Longer than what an answer's headers hold, not than what a request's do. */
    private static final String LONG = "a".repeat(7_000);

    private static final List<String> ODD = List.of(
            "",
            " ",
            "-1",
            "1e9",
            "99999999999999999999",
            "9223372036854775807",
            "+999999999-12-31",
            "-999999999-01-01",
            "9999-12-31",
            "2026-W99",
            "+999999999-W52",
            "-999999999-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59Z",
            "2026-06-12T25:61",
            "..",
            "'\"<>&",
            "${7*7}",
            "[{|",
            "\u202e\u200b\u2028",
            "\ud83d\ude00",
            "\u0000",
            LONG);

    /** Of an address. */
    private static final List<String> STEPS = List.of(
            "-1",
            "99999999999999999999",
            "+999999999-12-31",
            "-999999999-01-01",
            "..",
            "${7*7}",
            "[{|",
            "\u202e\u200b\u2028",
            "\u0000",
            LONG);

    /** As many as only a form brings along. */
    private static final String ENDLESS = "|".repeat(60_000);

    /** Of a form's fields, which may be lists and have parts. */
    private static final List<String> PARTS =
            List.of("[0]", "[300]", "[999999]", "[-1]", "[x]", "[", "].x", ".x", ".class");

    @LocalServerPort
    int port;

    @Autowired
    Map<String, RequestMappingHandlerMapping> mappings;

    private final LongAdder asked = new LongAdder();
    private People people;
    private HubClient platform;
    private Map<String, String> there;
    private Visit practitioner;
    private Visit manager;
    private Visit accountManager;
    private Visit operator;

    @BeforeEach
    void everybody_signs_in() {
        people = new People(port);
        people.named(people.email("noa"));
        platform = people.platform().as("test-ops");
        String ola = people.email("ola");
        account(ola);
        practitioner = Visit.signedIn(port, people.alice, SignInProvider.practitioner(people.alice, "Alice", "DURAND"));
        manager = signedIn(people.email("noa"));
        accountManager = signedIn(people.email("comptes"));
        operator = signedIn(ola);
        LocalDate day = LocalDate.now(ZoneId.of("Europe/Paris")).plusDays(8);
        HttpResponse<String> entry =
                people.platform().post(people.of("/agenda/entries"), """
                {"place": "%s", "date": "%s", "start": "09:00", "end": "09:15", "modes": ["AMB"]}""".formatted(people.place, day));
        there = new LinkedHashMap<>(Map.of(
                "practitioner", people.alice,
                "facility", people.centre,
                "place", people.place,
                "date", day.toString(),
                "entry", lastStep(entry),
                "account", lastStep(account(people.email("pia"))),
                "delegation", people.asked(people.email("lou")).replaceFirst(".*/", "")));
    }

    @Test
    void no_address_with_an_odd_parameter_is_answered_by_a_failure() {
        List<MappedAddress> pages = addresses().toList();
        Map<Boolean, List<MappedAddress>> leaving = pages.stream()
                .collect(Collectors.partitioningBy(page -> page.path().endsWith("/logout")));
        List<String> failed = new ArrayList<>(failures(leaving.get(false)));
        everybody_is_still_there();
        failed.addAll(failures(leaving.get(true)));

        assertThat(pages).hasSizeGreaterThan(100);
        assertThat(asked.sum()).isGreaterThan(5_000);
        assertThat(failed).isEmpty();
    }

    private List<String> failures(List<MappedAddress> pages) {
        return pages.parallelStream().flatMap(this::failures).sorted().toList();
    }

    /** Somebody who is led to the sign-in proves nothing of the pages behind it. */
    private void everybody_is_still_there() {
        assertThat(operator.send("GET", "/ops/comptes", "").statusCode()).isEqualTo(200);
        for (Visit visit : List.of(practitioner, manager, accountManager)) {
            assertThat(visit.send("GET", "/espace/compte", "").statusCode()).isEqualTo(200);
        }
    }

    private Stream<String> failures(MappedAddress address) {
        Stream<String> steps = Stream.concat(
                Stream.of(filled(address, "", "")),
                variables(address).flatMap(name -> STEPS.stream().map(odd -> filled(address, name, odd))));
        String path = filled(address, "", "");
        Stream<Sent> given = parameters(address)
                .map(pair -> address.method().equals("GET") ? new Sent(path + "?" + pair, "") : new Sent(path, pair));
        return Stream.concat(steps.map(each -> new Sent(each, "")), given)
                .map(each -> answered(address, each))
                .filter(line -> line.startsWith("5"));
    }

    /** @param form of a write */
    private record Sent(String path, String form) {
        @Override
        public String toString() {
            return shortened(path) + " " + shortened(form);
        }

        private static String shortened(String text) {
            return text.length() < 150 ? text : text.substring(0, 150) + "… of " + text.length();
        }
    }

    private String answered(MappedAddress address, Sent sent) {
        HttpResponse<String> answer = once(address, sent);
        if (answer.statusCode() == 503) {
            answer = await(address.method() + " " + sent)
                    .until(() -> once(address, sent), each -> each.statusCode() != 503);
        }
        asked.increment();
        return answer.statusCode() + " " + address.method() + " " + sent;
    }

    /** 503 tells of a database that is busy with all these, and not of the parameter: it is asked again. */
    private HttpResponse<String> once(MappedAddress address, Sent sent) {
        return address.isBelow("/api/v1")
                ? platform.get(sent.path)
                : visitor(address).send(address.method(), sent.path, sent.form);
    }

    private Visit visitor(MappedAddress address) {
        if (address.path().startsWith("/ops")) {
            return operator;
        }
        if (address.path().contains("{facility}") && !address.path().contains("/gestionnaires")) {
            return manager;
        }
        return Stream.of("/gestionnaires", "/comptes", "/demandes", "/espace/structures")
                        .anyMatch(address.path()::contains)
                ? accountManager
                : practitioner;
    }

    /** Pages with their writes, but none that never ends; of the API, whose writes take JSON, only what is read. */
    private Stream<MappedAddress> addresses() {
        return MappedAddress.all(mappings.values())
                .filter(address ->
                        Stream.of("/fhir", "/actuator", "/v3", "/swagger-ui").noneMatch(address.path()::startsWith))
                .filter(address -> address.handler().getReturnType().getParameterType() != SseEmitter.class)
                .filter(address -> address.method().equals("GET")
                        || address.method().equals("POST") && !address.isBelow("/api/v1"));
    }

    private static Stream<String> variables(MappedAddress address) {
        return VARIABLE.matcher(address.path()).results().map(variable -> variable.group(1));
    }

    private String filled(MappedAddress address, String odd, String value) {
        return VARIABLE.matcher(address.path())
                .replaceAll(variable -> Matcher.quoteReplacement(
                        variable.group(1).equals(odd) ? encoded(value) : known(address, variable.group(1))));
    }

    private String known(MappedAddress address, String name) {
        if (name.equals("nationalId") || name.equals("place")) {
            boolean centre =
                    address.path().contains("/facilities/") || address.path().contains("/structures/");
            return Objects.requireNonNull(
                    there.get(centre ? "facility" : name.equals("place") ? "place" : "practitioner"));
        }
        return there.getOrDefault(name, UUID.randomUUID().toString());
    }

    /** Each parameter, and each part of a form's field, with each of its odd values, as they are sent. */
    private static Stream<String> parameters(MappedAddress address) {
        return Arrays.stream(address.handler().getMethodParameters()).flatMap(parameter -> {
            RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
            RecordComponent[] fields = parameter.getParameterType().getRecordComponents();
            if (named != null) {
                String own = parameter.getParameter().getName();
                return odd(StringUtils.hasText(named.name()) ? named.name() : own, address.method());
            }
            return fields == null || parameter.hasParameterAnnotation(PathVariable.class)
                    ? Stream.empty()
                    : Arrays.stream(fields)
                            .map(RecordComponent::getName)
                            .flatMap(field -> Stream.concat(
                                    odd(field, address.method()),
                                    PARTS.stream().map(part -> encoded(field + part) + "=1")));
        });
    }

    private static Stream<String> odd(String name, String method) {
        return Stream.concat(ODD.stream(), method.equals("GET") ? Stream.empty() : Stream.of(ENDLESS))
                .map(odd -> name + "=" + encoded(odd));
    }

    private HttpResponse<String> account(String email) {
        return platform.post("/api/v1/accounts", """
                {"email": "%s", "family": "GARNIER", "given": "Ola", "roles": ["ops"], "territories": ["75"]}""".formatted(email));
    }

    private Visit signedIn(String email) {
        return Visit.signedIn(port, email, SignInProvider.address(email, "Camille", "MARTIN"));
    }

    private static String lastStep(HttpResponse<String> made) {
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        return made.headers().firstValue("Location").orElseThrow().replaceFirst(".*/", "");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
