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
import fr.sas.hub.testing.HubClasses;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
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

    @Test
    void every_room_imports_only_the_rooms_it_declares() {
        ApplicationModules.of(HubApplication.class).verify();
    }

    @Test
    void only_the_rooms_that_speak_fhir_touch_hapi() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..fhir..", "..intake..", "..search..", "..verdict..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..")
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

    @Test
    void a_name_names_one_thing() {
        Map<String, List<String>> owners = HUB.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));

        assertThat(owners).hasSizeGreaterThan(500);
        assertThat(owners.values()).allSatisfy(types -> assertThat(types).hasSize(1));
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
