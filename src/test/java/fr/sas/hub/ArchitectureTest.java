package fr.sas.hub;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import fr.sas.hub.database.Columns;
import fr.sas.hub.testing.CapturesOutput;
import fr.sas.hub.testing.HubClasses;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.modulith.core.ApplicationModules;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.jwt.JwtDecoders;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.yaml.snakeyaml.Yaml;

/** The map is a test, and so are the habits it cannot draw. */
class ArchitectureTest {

    private static final JavaClasses HUB = HubClasses.ALL;

    /** By a call with both, or as text: never when it is compared with what was read. */
    private static final String WRITTEN_OUTCOME = "resourceType\\\\?\"\\s*[,:]\\s*\\\\?\"(OperationOutcome)";

    @Test
    void every_room_imports_only_the_rooms_it_declares() {
        ApplicationModules.of(HubApplication.class).verify();
    }

    /** Read from sources, because constants leave no trace in classes, and from classes, because not every type is written down. */
    @Test
    void every_room_declares_only_the_rooms_it_imports() throws IOException {
        Map<String, Set<String>> idle = new TreeMap<>();
        for (Path room : rooms()) {
            Set<String> declared =
                    found(Files.readString(room.resolve("package-info.java")), "\"(\\w+)(?: :: \\w+)?\"");
            try (Stream<Path> files = Files.walk(room)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    declared.removeAll(found(Files.readString(file), "\\bfr\\.sas\\.hub\\.(\\w+)\\."));
                }
            }
            declared.removeAll(reached(room));
            if (!declared.isEmpty()) {
                idle.put(room.getFileName().toString(), declared);
            }
        }

        assertThat(idle).isEmpty();
    }

    /** Between rooms there is none either: Modulith sees to that. */
    @Test
    void packages_within_a_room_form_no_circle() {
        SlicesRuleDefinition.slices()
                .matching("fr.sas.hub.(**)")
                .should()
                .beFreeOfCycles()
                .check(HUB);
    }

    private static Set<String> reached(Path room) {
        return HUB.getPackage("fr.sas.hub." + room.getFileName()).getClassDependenciesFromThisPackageTree().stream()
                .flatMap(dependency ->
                        found(dependency.getTargetClass().getName(), "^fr\\.sas\\.hub\\.(\\w+)\\.").stream())
                .collect(Collectors.toSet());
    }

    private static List<Path> rooms() throws IOException {
        try (Stream<Path> rooms = Files.list(Path.of("src/main/java/fr/sas/hub"))) {
            return rooms.filter(Files::isDirectory).sorted().toList();
        }
    }

    private static Set<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void only_the_rooms_that_speak_fhir_touch_hapi() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..fhir..", "..search..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..")
                .check(HUB);
    }

    /** Read from sources, because constants leave no trace in classes. */
    @Test
    void one_class_writes_operation_outcomes() throws IOException {
        List<String> writers = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // whatever its encoding: not every file is text
                if (!found(Files.readString(file, StandardCharsets.ISO_8859_1), WRITTEN_OUTCOME)
                        .isEmpty()) {
                    writers.add(file.getFileName().toString());
                }
            }
        }

        assertThat(writers)
                .as("the rule of servers shows one as an example")
                .containsExactlyInAnyOrder("OutcomeIssue.java", "ServerRule.java");
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveSimpleName("OperationOutcome")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("ca.uhn.fhir.util.OperationOutcomeUtil")
                .check(HUB);
    }

    @Test
    void names_say_what_a_thing_is() {
        // account managers are people of the field
        classes()
                .should()
                .haveSimpleNameNotContaining("Helper")
                .andShould()
                .haveNameNotMatching(".*(Impl|Utils?|(?<!Account)Manager|Processor)")
                .andShould()
                .haveNameNotMatching(".*\\.(Abstract|My)[A-Z].*")
                .check(HUB);
    }

    /** The tests' own names included: whoever looks for a name finds one type. */
    @Test
    void a_name_names_one_thing() throws IOException {
        Stream<String> hub = HUB.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .map(JavaClass::getSimpleName);
        Map<String, Long> names;
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            Stream<String> tests = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".java") && !name.equals("package-info.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()));
            names = Stream.concat(hub, tests).collect(Collectors.groupingBy(name -> name, Collectors.counting()));
        }

        assertThat(names).hasSizeGreaterThan(1_000);
        names.values().removeIf(times -> times == 1);
        assertThat(names).as("names of several top-level types").isEmpty();
    }

    @Test
    void nobody_asks_what_time_it_is_but_the_clock() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .check(HUB);
    }

    /** A column that is put between two others moves all behind it. */
    @Test
    void columns_are_read_by_their_names() {
        noClasses()
                .should()
                .callMethodWhere(
                        DescribedPredicate.describe("reads a column by its place", ArchitectureTest::readsByPlace))
                .check(HUB);
    }

    private static boolean readsByPlace(JavaMethodCall call) {
        List<JavaClass> parameters = call.getTarget().getRawParameterTypes();
        return call.getTargetOwner().isAssignableTo(ResultSet.class)
                && call.getName().startsWith("get")
                && !parameters.isEmpty()
                && parameters.getFirst().isEquivalentTo(int.class);
    }

    @Test
    void instants_are_read_from_rows_by_one_reader() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(Columns.class)
                .should()
                .callMethod(ResultSet.class, "getTimestamp", String.class)
                .check(HUB);
    }

    /** A parameter that is put between two others moves all behind it. */
    @Test
    void statements_name_their_parameters() {
        noClasses()
                .should()
                .callMethod(JdbcClient.StatementSpec.class, "param", Object.class)
                .orShould()
                .callMethod(JdbcClient.StatementSpec.class, "param", int.class, Object.class)
                .orShould()
                .callMethod(JdbcClient.StatementSpec.class, "params", Object[].class)
                .orShould()
                .callMethod(JdbcClient.StatementSpec.class, "params", List.class)
                .check(HUB);
    }

    @Test
    void jdbc_template_is_for_what_jdbc_client_cannot() {
        noClasses()
                .that()
                .haveNameNotMatching("fr.sas.hub.directory.(ExtractionTables|PractitionerTables)")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(JdbcTemplate.class)
                .because("it cannot do COPY and results in pieces")
                .check(HUB);
    }

    @Test
    void pages_ask_rooms_and_not_the_database() {
        noClasses()
                .that()
                .resideInAnyPackage("..ops..", "..space..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(JdbcClient.class, JdbcTemplate.class, NamedParameterJdbcTemplate.class)
                .check(HUB);
    }

    /** JdbcClient has no batches. */
    @Test
    void named_parameter_jdbc_template_is_for_batches() {
        noClasses()
                .should()
                .callMethodWhere(DescribedPredicate.describe(
                        "of NamedParameterJdbcTemplate other than batchUpdate",
                        (JavaMethodCall call) -> call.getTargetOwner().isEquivalentTo(NamedParameterJdbcTemplate.class)
                                && !call.getName().equals("batchUpdate")))
                .check(HUB);
    }

    @Test
    void json_is_read_within_bounds() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..json..", "..search..", "..index..")
                .should()
                .callConstructor(ObjectMapper.class)
                .orShould()
                .callConstructor(JsonFactory.class)
                .orShould()
                .callConstructor(JsonMapper.class)
                .orShould()
                .callMethod(JsonMapper.class, "builder")
                .because("search only writes, and the index reads only what it wrote itself")
                .check(HUB);
    }

    @Test
    void whoever_asks_over_http_says_how_long_they_wait() {
        noClasses()
                .should()
                .callConstructor(RestTemplate.class)
                .orShould()
                .callMethod(RestClient.class, "create")
                .orShould()
                .callMethod(HttpClient.class, "newHttpClient")
                .orShould()
                .callMethod(ClientRegistrations.class, "fromIssuerLocation", String.class)
                .orShould()
                .callMethod(ClientRegistrations.class, "fromOidcIssuerLocation", String.class)
                .orShould()
                .callMethod(JwtDecoders.class, "fromIssuerLocation", String.class)
                .orShould()
                .callMethod(JwtDecoders.class, "fromOidcIssuerLocation", String.class)
                .orShould()
                .callConstructor(OidcIdTokenDecoderFactory.class)
                .orShould()
                .callMethod(HttpSecurity.class, "oidcLogout", Customizer.class)
                .because("these, and what Spring Security makes by them, wait for ever")
                .check(HUB);
    }

    @Test
    void nothing_is_injected_into_fields() {
        fields().should().notBeAnnotatedWith(Autowired.class).check(HUB);
    }

    /** Where another test keeps the common pool, whatever a test waits for there begins too late. */
    @Test
    void no_test_works_beside_itself_in_the_common_pool() {
        noClasses()
                .should()
                .callMethod(CompletableFuture.class, "supplyAsync", Supplier.class)
                .orShould()
                .callMethod(CompletableFuture.class, "runAsync", Runnable.class)
                .because("testing.Beside gives each a thread of its own")
                .check(HubClasses.TESTS);
    }

    @Test
    void no_two_tests_read_the_console_at_once() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName(CapturesOutput.class.getName())
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("org.springframework.boot.test.system.OutputCaptureExtension")
                .because("testing.CapturesOutput keeps others waiting meanwhile")
                .check(HubClasses.TESTS);
    }

    static List<Path> routeFiles() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("routeFiles")
    void every_route_file_begins_with_its_intent_and_every_route_has_an_id_that_reads_as_a_sentence(Path file)
            throws IOException {
        String text = Files.readString(file);

        assertThat(file.getFileName().toString()).endsWith(".camel.yaml");
        assertThat(text).startsWith("# ");
        List<Map<String, Map<String, Object>>> parts = new Yaml().load(text);
        assertThat(parts)
                .isNotEmpty()
                .allSatisfy(part -> part.values()
                        .forEach(definition ->
                                assertThat(String.valueOf(definition.get("id"))).matches("[a-z]+(-[a-z]+){2,}")));
    }
}
