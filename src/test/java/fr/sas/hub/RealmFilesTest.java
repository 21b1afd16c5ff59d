package fr.sas.hub;

import static fr.sas.hub.Compose.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What is shipped to Keycloak says no secret, and nothing that nobody explains. */
class RealmFilesTest {

    private static final Path REALM = Path.of("keycloak/sas-realm.json");
    private static final Path LOGIN = Path.of("keycloak/themes/sas/login");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+)(:[^}]*)?}");
    private static final Pattern ADDRESS_OF_HUB = Pattern.compile("\\$\\{HUB_(INNER_)?URL}[a-z0-9/-]*");
    private static final Pattern SECRET = Pattern.compile("(?i).*(secret|password|privateKey|credentials)");

    private final Map<String, Object> keycloak =
            Objects.requireNonNull(Compose.services().get("keycloak"));
    private final Map<String, Object> given = map(keycloak.get("environment"));

    @Test
    void the_realm_file_holds_no_secret() throws IOException {
        JsonNode realm = new ObjectMapper().readTree(REALM.toFile());

        holdsNoSecret(realm);
        assertThat(realm.at("/clients").findValuesAsText("secret"))
                .containsExactly("${HUB_CLIENT_SECRET}", "${HUB_ADMIN_CLIENT_SECRET}");
        assertThat(realm.at("/components").has("org.keycloak.keys.KeyProvider"))
                .as("keys, which Keycloak makes by itself")
                .isFalse();
    }

    private static void holdsNoSecret(JsonNode node) {
        node.fields().forEachRemaining(field -> {
            if (SECRET.matcher(field.getKey()).matches() && !field.getKey().startsWith("actionToken")) {
                assertThat(field.getValue().asText()).as(field.getKey()).matches("\\$\\{[A-Z_]+(:)?}");
            }
            holdsNoSecret(field.getValue());
        });
        if (node.isArray()) {
            node.elements().forEachRemaining(RealmFilesTest::holdsNoSecret);
        }
    }

    @Test
    void every_variable_of_the_realm_file_is_explained_and_given_in_compose_unless_it_has_a_default()
            throws IOException {
        String realm = Files.readString(REALM);
        String readme = Files.readString(Path.of("keycloak/README.md"));
        Set<String> variables = new TreeSet<>();
        VARIABLE.matcher(realm).results().forEach(variable -> {
            variables.add(variable.group(1));
            if (variable.group(2) == null) {
                assertThat(given).containsKey(variable.group(1));
            }
        });

        assertThat(variables)
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
    }

    @Test
    void the_addresses_that_keycloak_knows_of_the_hub_are_pages_of_it() throws IOException {
        Set<String> addresses = ADDRESS_OF_HUB
                .matcher(Files.readString(REALM))
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(addresses)
                .containsExactly(
                        "${HUB_INNER_URL}/logout/connect/back-channel/identite",
                        "${HUB_URL}",
                        "${HUB_URL}/conditions",
                        "${HUB_URL}/connexion",
                        "${HUB_URL}/connexion/aller",
                        "${HUB_URL}/login/oauth2/code/identite");
    }

    @Test
    void compose_runs_the_keycloak_that_is_tested() throws IOException {
        Matcher version = Pattern.compile("<keycloak.version>([^<]+)<").matcher(Files.readString(Path.of("pom.xml")));
        assertThat(version.find()).isTrue();

        assertThat(keycloak.get("image")).isEqualTo("quay.io/keycloak/keycloak:" + version.group(1));
        assertThat(Files.readString(Path.of("src/test/java/fr/sas/hub/testing/TestKeycloak.java")))
                .contains("keycloak-" + version.group(1));
    }

    @Test
    void what_keycloak_has_no_words_for_has_them_in_each_language() throws IOException {
        Properties french = messages("fr");
        Properties english = messages("en");

        assertThat(french.stringPropertyNames()).containsAll(english.stringPropertyNames());
        for (String macro : new String[] {"footer.ftl", "password-commons.ftl"}) {
            Pattern.compile("msg\\(\"([A-Za-z]+)\"")
                    .matcher(Files.readString(LOGIN.resolve(macro)))
                    .results()
                    .map(used -> used.group(1))
                    .filter(used -> !used.equals("logoutOtherSessions")) // Keycloak's own
                    .forEach(used -> assertThat(english.stringPropertyNames()).contains(used));
        }
    }

    private static Properties messages(String language) throws IOException {
        Properties messages = new Properties();
        try (Reader file = Files.newBufferedReader(LOGIN.resolve("messages/messages_" + language + ".properties"))) {
            messages.load(file);
        }
        return messages;
    }
}
