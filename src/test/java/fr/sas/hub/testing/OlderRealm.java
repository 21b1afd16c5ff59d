package fr.sas.hub.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A realm as {@code keycloak/sas-realm.json} was before decision 0063 and before the way back from a first password, beside the
 * one that is shipped, and the script that renews it. Where it cannot run, tests are skipped with {@link #ABSENT}.
 */
public final class OlderRealm {

    public static final String ABSENT = "no curl or no jq, which keycloak/renew-realm.sh wants";

    private static final String NAME = "sas-ancien";
    private static final String FORGOTTEN = "mot de passe oublié";
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z_]+(:([^}]*))?}");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestKeycloak keycloak;

    private OlderRealm(TestKeycloak keycloak) {
        this.keycloak = keycloak;
    }

    public static boolean mayBeRenewed() {
        return Stream.of("curl", "jq").allMatch(tool -> Files.isExecutable(Path.of("/usr/bin", tool)));
    }

    public static OlderRealm importInto(TestKeycloak keycloak) {
        HttpResponse<String> made = keycloak.asAdmin("POST", "", file());
        if (made.statusCode() != 201) {
            throw new IllegalStateException("No realm of before: " + made.body());
        }
        return new OlderRealm(keycloak);
    }

    private static String file() {
        try {
            String shipped = Files.readString(Path.of("keycloak/sas-realm.json"))
                    .replace("\\\"proSanteConnect\\\"", "\\\"SubjectNameID\\\"");
            ObjectNode realm = (ObjectNode) JSON.readTree(VARIABLE.matcher(shipped)
                    .replaceAll(variable -> variable.group(2) == null ? "http://localhost" : variable.group(2)));
            realm.put("realm", NAME).remove("resetCredentialsFlow");
            without(realm, "authenticationFlows", FORGOTTEN);
            without(
                    realm,
                    "authenticatorConfig",
                    "Pro Santé Connect",
                    "sans mot de passe",
                    "pas de mot de passe par courriel");
            ObjectNode client = (ObjectNode) realm.at("/clients/0");
            client.set("redirectUris", JSON.readTree("[\"http://localhost/connexion\"]"));
            client.set("protocolMappers", JSON.readTree("""
                    [{"name": "SubjectNameID", "protocol": "openid-connect", "protocolMapper": "oidc-usermodel-attribute-mapper",
                      "config": {"user.attribute": "SubjectNameID", "claim.name": "SubjectNameID", "jsonType.label": "String",
                                 "id.token.claim": "true"}}]"""));
            realm.set("identityProviderMappers", JSON.readTree("""
                    [{"name": "SubjectNameID", "identityProviderAlias": "psc",
                      "identityProviderMapper": "oidc-user-attribute-idp-mapper",
                      "config": {"syncMode": "FORCE", "claim": "SubjectNameID", "user.attribute": "SubjectNameID"}}]"""));
            return realm.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void without(ObjectNode realm, String list, String... names) {
        realm.withArray(list)
                .removeIf(each -> Stream.of(names)
                        .anyMatch(name -> each.path("alias").asText().startsWith(name)));
    }

    /** Runs the script. */
    public void renew() {
        ProcessBuilder script = new ProcessBuilder("sh", "keycloak/renew-realm.sh", NAME).redirectErrorStream(true);
        script.environment().put("KEYCLOAK", keycloak.url());
        script.environment().put("TOKEN", keycloak.adminToken());
        try {
            Process running = script.start();
            String said = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (running.waitFor() != 0) {
                throw new IllegalStateException("renew-realm.sh: " + said);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String renewable() {
        return renewable(NAME);
    }

    /** What the script is to change, as Keycloak tells it of a realm. */
    public String renewable(String realm) {
        JsonNode client = client(realm);
        return Stream.of(
                        told(realm, "").path("resetCredentialsFlow"),
                        told(realm, "/users/profile"),
                        byName(told(realm, "/identity-provider/instances/psc/mappers")),
                        byName(client.path("protocolMappers")),
                        afterHost(client.path("redirectUris")),
                        stepsOfForgotten(realm))
                .map(JsonNode::toPrettyString)
                .collect(Collectors.joining("\n"));
    }

    /** Everything else of the realm that hangs together with it. */
    public String rest() {
        ObjectNode realm = (ObjectNode) told(NAME, "");
        realm.remove("resetCredentialsFlow");
        ObjectNode client = (ObjectNode) client(NAME);
        client.remove(List.of("protocolMappers", "redirectUris"));
        List<String> others = told(NAME, "/authentication/flows").findValuesAsText("alias").stream()
                .filter(alias -> !alias.startsWith(FORGOTTEN))
                .sorted()
                .toList();
        return realm.toPrettyString()
                + client.toPrettyString()
                + told(NAME, "/identity-provider/instances/psc").toPrettyString()
                + told(NAME, "/authentication/flows/première connexion/executions")
                        .toPrettyString()
                + others;
    }

    private JsonNode client(String realm) {
        return told(realm, "/clients?clientId=sas-hub").path(0);
    }

    /** Each with its settings. */
    private JsonNode stepsOfForgotten(String realm) {
        if (!told(realm, "/authentication/flows").findValuesAsText("alias").contains(FORGOTTEN)) {
            return JSON.createArrayNode();
        }
        JsonNode steps = told(realm, "/authentication/flows/" + FORGOTTEN + "/executions");
        for (JsonNode step : steps) {
            String settings = step.path("authenticationConfig").asText();
            if (!settings.isEmpty()) {
                ((ObjectNode) step)
                        .set(
                                "settings",
                                told(realm, "/authentication/config/" + settings)
                                        .path("config"));
            }
            ((ObjectNode) step).remove(List.of("id", "flowId", "authenticationConfig"));
        }
        return steps;
    }

    /** Without the ids of one realm. */
    private static JsonNode byName(JsonNode list) {
        ArrayNode sorted = JSON.createArrayNode();
        StreamSupport.stream(list.spliterator(), false)
                .sorted(Comparator.comparing(each -> each.path("name").asText()))
                .forEach(each -> sorted.add(((ObjectNode) each).without("id")));
        return sorted;
    }

    private static JsonNode afterHost(JsonNode addresses) {
        ArrayNode paths = JSON.createArrayNode();
        StreamSupport.stream(addresses.spliterator(), false)
                .map(address -> address.asText().replaceFirst("^https?://[^/]+", ""))
                .filter(path -> path.startsWith("/connexion"))
                .sorted()
                .forEach(paths::add);
        return paths;
    }

    private JsonNode told(String realm, String path) {
        HttpResponse<String> answer = keycloak.asAdmin(
                "GET",
                "/" + realm + path.replace(" ", "%20").replace("é", "%C3%A9").replace("è", "%C3%A8"),
                null);
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(path + ": " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
