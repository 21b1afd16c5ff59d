package fr.sas.hub;

import static fr.sas.hub.Compose.map;
import static fr.sas.hub.Compose.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.core.io.FileSystemResource;

/** What is deployed with the hub names only what exists. No container engine is needed to know that. */
class DeploymentFilesTest {

    private static final Set<String> LAYERS =
            Set.of("dependencies", "spring-boot-loader", "snapshot-dependencies", "application");
    private static final String LAYERS_FOLDER = "/build/target/layers/";

    private final Map<String, Map<String, Object>> services = Compose.services();

    @Test
    void every_yaml_file_can_be_read_and_names_each_key_once() throws IOException {
        List<Path> files = new ArrayList<>(List.of(Path.of("docker-compose.yml")));
        for (String folder : List.of("deploy", "docs", "routes", "connectors", "src/main/resources")) {
            try (Stream<Path> inside = Files.walk(Path.of(folder))) {
                inside.filter(file -> file.toString().matches(".*\\.ya?ml")).forEach(files::add);
            }
        }

        assertThat(files)
                .hasSizeGreaterThan(10)
                .allSatisfy(file ->
                        assertThat(Compose.documents(file)).as(file.toString()).isNotEmpty());
    }

    @Test
    void every_file_and_folder_that_is_mounted_exists() {
        List<String> mounted = services.values().stream()
                .flatMap(service -> texts(service.get("volumes")))
                .map(Compose::sourceOf)
                .filter(source -> source.startsWith("."))
                .toList();

        assertThat(mounted)
                .isNotEmpty()
                .allSatisfy(source -> assertThat(Path.of(source)).exists());
    }

    @Test
    void volumes_and_secrets_that_services_use_are_declared() {
        Set<String> used = services.values().stream()
                .flatMap(service -> Stream.concat(
                        texts(service.get("volumes")).map(Compose::sourceOf).filter(source -> !source.startsWith(".")),
                        texts(service.get("secrets"))))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = new TreeSet<>(map(Compose.file().get("volumes")).keySet());
        declared.addAll(map(Compose.file().get("secrets")).keySet());

        assertThat(declared).isEqualTo(used);
    }

    @Test
    void the_hub_is_given_settings_it_knows() throws IOException {
        Set<String> known = knownVariables();
        Set<String> given = map(Objects.requireNonNull(services.get("hub")).get("environment"))
                .keySet();

        assertThat(given)
                .isNotEmpty()
                .filteredOn(variable -> !variable.startsWith("HUB_SECRETS_")) // named by whoever sets it up
                .allSatisfy(variable -> assertThat(known)
                        .as("settings by their variable, of which %s is none", variable)
                        .contains(variable.replaceAll("_[0-9]+_", "_*_")));
    }

    /** As {@code KubernetesTest} wants it there; the image's own volume stays writable. */
    @Test
    void the_hub_has_no_privilege_and_writes_only_where_it_is_let() throws IOException {
        Map<String, Object> hub = Objects.requireNonNull(services.get("hub"));

        assertThat(Files.readString(Path.of("Dockerfile"))).contains("Nothing is written but /hub/data and /tmp.");
        assertThat(hub).containsEntry("read_only", true).doesNotContainKeys("user", "privileged", "cap_add");
        assertThat(texts(hub.get("cap_drop"))).containsExactly("ALL");
        assertThat(texts(hub.get("security_opt"))).containsExactly("no-new-privileges:true");
        assertThat(texts(hub.get("tmpfs"))).singleElement().asString().startsWith("/tmp:");
        assertThat(texts(hub.get("volumes"))).isNotEmpty().allMatch(volume -> volume.endsWith(":ro"));
    }

    @Test
    void what_the_image_is_made_of_exists_or_is_built() throws IOException {
        List<String> ignored = Files.readAllLines(Path.of(".dockerignore"));
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        for (Copy copy : copies()) {
            for (String source : copy.sources) {
                if (copy.fromBuild) {
                    assertThat(source).startsWith(LAYERS_FOLDER);
                    String layer = source.substring(LAYERS_FOLDER.length()).replaceAll("/$", "");
                    assertThat(layer)
                            .as(source)
                            .matches(name ->
                                    LAYERS.contains(name) || dockerfile.contains("-d target/layers/" + name + " "));
                } else {
                    assertThat(Path.of(source)).exists();
                    assertThat(ignored).noneMatch(folder -> Path.of(source).startsWith(folder));
                }
            }
        }
    }

    /** A JVM that cannot read its directives does not start. */
    @Test
    void the_directives_for_the_compilers_are_where_the_options_say() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Dockerfile"));
        String options = lines.get(first(lines, "ENV JAVA_TOOL_OPTIONS"));
        String folder = lines.get(first(lines, "WORKDIR /hub")).substring("WORKDIR ".length());
        String directives =
                found(options, "-XX:CompilerDirectivesFile=([^ \"]+)").getFirst();

        assertThat(Path.of(directives).getParent()).hasToString(folder);
        assertThat(copies())
                .filteredOn(copy -> !copy.fromBuild)
                .anyMatch(copy ->
                        copy.sources.contains("deploy/" + Path.of(directives).getFileName()));
        assertThat(options.indexOf("-XX:+UnlockDiagnosticVMOptions"))
                .isPositive()
                .isLessThan(options.indexOf("-XX:CompilerDirectivesFile"));
        assertThat(options.indexOf("-XX:+UnlockExperimentalVMOptions"))
                .isPositive()
                .isLessThan(options.indexOf("-XX:G1MaxNewSizePercent"));
    }

    @Test
    void the_image_is_built_from_all_that_the_pom_packs_and_runs_the_jar_it_names() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        String jar = found(pom, "<finalName>([^<]+)</finalName>").getFirst() + ".jar";
        String dockerfile = Files.readString(Path.of("Dockerfile"));
        List<String> packed = new ArrayList<>();
        for (String resource : found(pom, "(?s)<resource>(.*?)</resource>")) {
            String folder = found(resource, "<directory>([^<]+)</directory>").getFirst();
            List<String> includes = found(resource, "<include>([^<]+)</include>");
            packed.addAll(
                    includes.isEmpty()
                            ? List.of(folder)
                            : includes.stream()
                                    .map(include -> folder + "/" + include)
                                    .toList());
        }
        List<String> copied = copies().stream()
                .filter(copy -> copy.inBuildStage)
                .flatMap(copy -> copy.sources.stream())
                .toList();

        assertThat(packed)
                .hasSizeGreaterThan(1)
                .allSatisfy(resource ->
                        assertThat(copied).anyMatch(source -> Path.of(resource).startsWith(source)));
        assertThat(dockerfile)
                .contains("-jar target/" + jar + " extract --layers --destination target/layers")
                .contains("ENTRYPOINT [\"java\", \"-XX:AOTCache=hub.aot\", \"-jar\", \"" + jar + "\"]");
    }

    @Test
    void the_image_runs_as_nobody_in_particular_says_how_it_is_and_starts_from_a_cache_made_with_its_own_options()
            throws IOException {
        List<String> lines = Files.readAllLines(Path.of("Dockerfile"));
        int user = lines.indexOf("USER 10001:10001");
        int options = first(lines, "ENV JAVA_TOOL_OPTIONS");
        int cache = first(lines, "RUN java -cp quick-start QuickStart cache sas-hub.jar hub.aot");
        int health = first(lines, "HEALTHCHECK");

        assertThat(lines.stream().filter(line -> line.startsWith("FROM "))).hasSize(2);
        assertThat(user).isPositive().isLessThan(cache);
        assertThat(options).isPositive().isLessThan(cache);
        assertThat(cache).isLessThan(first(lines, "ENTRYPOINT"));
        assertThat(lines.get(health + 1)).contains("/actuator/health/readiness");
        assertThat(lines.stream().skip(user + 1L)).noneMatch(line -> line.startsWith("USER "));
    }

    @Test
    void images_have_a_version_and_who_is_waited_for_says_how_it_is() {
        assertThat(services)
                .allSatisfy((name, service) -> assertThat(String.valueOf(service.get("image")))
                        .as(name)
                        .matches(service.containsKey("build") ? "sas-hub" : "[a-z./]+:v?[0-9].*"));

        List<String> waitedFor = services.values().stream()
                .filter(service -> service.get("depends_on") instanceof Map)
                .flatMap(service -> map(service.get("depends_on")).entrySet().stream())
                .filter(other -> map(other.getValue()).get("condition").equals("service_healthy"))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(waitedFor)
                .contains("postgres", "rabbitmq")
                .allSatisfy(name -> assertThat(services.get(name)).containsKey("healthcheck"));
        assertThat(texts(map(services.get("postgres").get("healthcheck")).get("test")))
                .as("the first start prepares the database with a server that answers on a socket only")
                .anySatisfy(command -> assertThat(command).contains("pg_isready -h "));
    }

    @Test
    void no_port_of_this_machine_is_taken_twice_and_only_the_hub_is_open_to_others() {
        Map<String, String> ports = new java.util.TreeMap<>();
        services.forEach((name, service) -> texts(service.get("ports")).forEach(port -> {
            String onMachine = port.substring(0, port.lastIndexOf(':'));
            assertThat(ports.put(onMachine, name)).as(port).isNull();
        }));

        assertThat(ports.entrySet())
                .isNotEmpty()
                .allSatisfy(port -> assertThat(port.getKey().startsWith("127.0.0.1:"))
                        .as(port.toString())
                        .isNotEqualTo(port.getValue().equals("hub")));
    }

    @Test
    void as_many_nodes_are_expected_as_are_started_and_every_dashboard_is_provisioned() throws IOException {
        Object replicas =
                map(Objects.requireNonNull(services.get("hub")).get("deploy")).get("replicas");
        assertThat(Files.readString(Path.of("docs/monitoring/alarms.yml")))
                .containsPattern("hub:nodes_expected\\s+expr: vector\\(" + replicas + "\\)");

        List<String> mounted = texts(
                        Objects.requireNonNull(services.get("grafana")).get("volumes"))
                .map(Compose::sourceOf)
                .toList();
        try (Stream<Path> files = Files.list(Path.of("docs/monitoring/grafana"))) {
            assertThat(files.map(file -> "./" + file)).isSubsetOf(mounted);
        }
        for (String dashboard : List.of("overview", "vendor", "search", "nodes")) {
            JsonNode json = new ObjectMapper()
                    .readTree(Files.readString(Path.of("docs/monitoring/grafana", dashboard + ".json")));
            assertThat(json.path("panels").size()).isGreaterThan(5);
            assertThat(json.findValuesAsText("expr")).doesNotContain("");
        }
    }

    /** With {@code _*_} for a number. */
    static Set<String> knownVariables() throws IOException {
        Set<String> known = new TreeSet<>();
        HubSettings.all().keySet().forEach(name -> known.add(asVariable(name)));
        application().forEach(name -> known.add(asVariable(name)));
        springs().forEach(name -> known.add(asVariable(name)));
        found(Files.readString(Path.of("src/main/resources/application.yaml")), "\\$\\{(hub[a-z.-]+):")
                .forEach(name -> known.add(asVariable(name)));
        return known;
    }

    private static int first(List<String> lines, String start) {
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        return -1;
    }

    private record Copy(List<String> sources, boolean fromBuild, boolean inBuildStage) {}

    private static List<Copy> copies() throws IOException {
        List<Copy> copies = new ArrayList<>();
        int stage = 0;
        for (String line : Files.readAllLines(Path.of("Dockerfile"))) {
            if (line.startsWith("FROM ")) {
                stage++;
            } else if (line.startsWith("COPY ")) {
                List<String> words = Arrays.asList(line.split("\\s+"));
                boolean fromBuild = words.get(1).equals("--from=build");
                copies.add(new Copy(words.subList(fromBuild ? 2 : 1, words.size() - 1), fromBuild, stage == 1));
            }
        }
        assertThat(copies).isNotEmpty();
        return copies;
    }

    private static Set<String> application() {
        var yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new FileSystemResource("src/main/resources/application.yaml"));
        return Objects.requireNonNull(yaml.getObject()).stringPropertyNames();
    }

    /** The settings of Spring Boot itself, as its jars describe them. */
    private static Set<String> springs() throws IOException {
        Set<String> names = new TreeSet<>();
        ClassLoader loader = DeploymentFilesTest.class.getClassLoader();
        for (URL url : Collections.list(loader.getResources("META-INF/spring-configuration-metadata.json"))) {
            for (JsonNode property : new ObjectMapper().readTree(url).path("properties")) {
                names.add(property.path("name").asText());
            }
        }
        return names;
    }

    /** By Spring's rule: {@code hub.clients[*].token-sha256} is {@code HUB_CLIENTS_*_TOKENSHA256}. */
    private static String asVariable(String setting) {
        return setting.replace("-", "")
                .replaceAll("\\[[^]]*]", ".*")
                .replace('.', '_')
                .toUpperCase(Locale.ROOT);
    }

    private static List<String> found(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
