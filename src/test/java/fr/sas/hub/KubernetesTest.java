package fr.sas.hub;

import static fr.sas.hub.Compose.map;
import static fr.sas.hub.Compose.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deployed to Kubernetes is what Kubernetes knows, and names only what exists. No cluster is needed to know that. */
class KubernetesTest {

    private static final Path DEPLOY = Path.of("deploy");
    private static final Path BASE = DEPLOY.resolve("base");

    /** Types of {@code io.fabric8:kubernetes-model-*}, generated from Kubernetes' own description. */
    private static final Map<String, String> KINDS = Map.of(
            "apps/v1 Deployment", "apps.Deployment",
            "v1 Service", "Service",
            "v1 ServiceAccount", "ServiceAccount",
            "v1 ConfigMap", "ConfigMap",
            "v1 Namespace", "Namespace",
            "policy/v1 PodDisruptionBudget", "policy.v1.PodDisruptionBudget",
            "autoscaling/v2 HorizontalPodAutoscaler", "autoscaling.v2.HorizontalPodAutoscaler",
            "networking.k8s.io/v1 NetworkPolicy", "networking.v1.NetworkPolicy");

    private static final Set<String> KUSTOMIZE = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "labels",
            "images",
            "configMapGenerator",
            "patches");

    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final String ADAPTER = "prometheus-adapter.yaml";

    /** Without the place where those types put what they do not know. */
    private static final ObjectMapper STRICT = new YAMLMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Map<String, Object> deployment = at(document(BASE.resolve("deployment.yaml")), "spec");
    private final Map<String, Object> pod = at(deployment, "template", "spec");
    private final Map<String, Object> hub = maps(pod, "containers").findFirst().orElseThrow();

    @Test
    void every_manifest_has_only_fields_that_kubernetes_knows() throws IOException {
        List<Path> manifests = manifests();

        assertThat(manifests).hasSizeGreaterThan(8);
        for (Path manifest : manifests) {
            assertThat(read(Files.readString(manifest))).as(manifest.toString()).isNotNull();
        }
    }

    @Test
    void a_field_that_does_not_exist_is_seen_wherever_it_stands() throws IOException {
        String good = Files.readString(BASE.resolve("deployment.yaml"));
        for (String field : List.of("readinessProbe", "runAsNonRoot", "maxSurge", "secretKeyRef", "emptyDir")) {
            assertThatThrownBy(() -> read(good.replaceFirst(field, field + "s")))
                    .isInstanceOf(UnrecognizedPropertyException.class)
                    .hasMessageContaining(field + "s");
        }
    }

    @Test
    void every_file_is_named_by_its_kustomization_and_every_named_one_exists() throws IOException {
        for (Path file : kustomizations()) {
            Map<String, Object> kustomization = document(file);
            Path folder = Objects.requireNonNull(file.getParent());
            assertThat(KUSTOMIZE).as(file.toString()).containsAll(kustomization.keySet());
            List<String> named = Stream.of(
                            texts(kustomization.get("resources")),
                            texts(kustomization.get("components")),
                            maps(kustomization, "patches").map(patch -> String.valueOf(patch.get("path"))),
                            maps(kustomization, "configMapGenerator").flatMap(made -> texts(made.get("files"))))
                    .flatMap(some -> some)
                    .toList();
            assertThat(named)
                    .allSatisfy(name -> assertThat(folder.resolve(name)).exists());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(one -> one.toString().endsWith(".yaml"))
                                .map(one -> one.getFileName().toString())
                                .filter(name -> !Set.of(KUSTOMIZATION, ADAPTER).contains(name)))
                        .allSatisfy(name -> assertThat(named).contains(name));
            }
        }
    }

    @Test
    void the_hub_is_given_settings_it_knows() throws IOException {
        Set<String> given = new TreeSet<>();
        for (Path manifest : manifests()) {
            Map<String, Object> document = document(manifest);
            if ("ConfigMap".equals(document.get("kind"))) {
                given.addAll(map(document.get("data")).keySet());
            }
        }
        maps(hub, "env").forEach(one -> given.add(String.valueOf(one.get("name"))));

        assertThat(DeploymentFilesTest.knownVariables())
                .containsAll(given.stream()
                        .map(variable -> variable.replaceAll("_[0-9]+_", "_*_"))
                        .toList());
    }

    @Test
    void ports_and_probes_are_those_of_the_hub() throws IOException {
        String application = Files.readString(Path.of("src/main/resources/application.yaml"));
        Map<String, Object> port = maps(hub, "ports").findFirst().orElseThrow();
        Object name = port.get("name");
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("EXPOSE " + port.get("containerPort"));
        assertThat(application).contains("port: " + port.get("containerPort"));
        assertThat(maps(at(document(BASE.resolve("service.yaml")), "spec"), "ports"))
                .allSatisfy(one -> assertThat(one.get("targetPort")).isEqualTo(name));
        assertThat(maps(at(document(BASE.resolve("networkpolicy.yaml")), "spec"), "ingress")
                        .flatMap(way -> maps(way, "ports")))
                .allSatisfy(one -> assertThat(one.get("port")).isEqualTo(name));

        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            Map<String, Object> asked = at(hub, probe, "httpGet");
            assertThat(asked.get("port")).isEqualTo(name);
            String path = String.valueOf(asked.get("path"));
            assertThat(path).startsWith("/actuator/health/");
            assertThat(application).contains(path.substring("/actuator/health/".length()) + ".include: ");
        }
    }

    @Test
    void config_maps_secrets_and_accounts_that_are_named_exist_or_are_told_to_be_made() throws IOException {
        Set<String> made = new TreeSet<>();
        for (Path file : kustomizations()) {
            maps(document(file), "configMapGenerator").forEach(one -> made.add(String.valueOf(one.get("name"))));
        }
        for (Path manifest : manifests()) {
            made.add(String.valueOf(at(document(manifest), "metadata").get("name")));
        }
        Stream<Object> named = Stream.of(
                        maps(hub, "envFrom").map(one -> at(one, "configMapRef").get("name")),
                        maps(pod, "volumes")
                                .filter(volume -> volume.containsKey("configMap"))
                                .map(volume -> at(volume, "configMap").get("name")),
                        Stream.of(pod.get("serviceAccountName")))
                .flatMap(some -> some);
        assertThat(named).hasSize(3).allSatisfy(name -> assertThat(made).contains(String.valueOf(name)));

        String readme = Files.readString(DEPLOY.resolve("README.md"));
        assertThat(maps(hub, "env")
                        .filter(one -> one.containsKey("valueFrom"))
                        .map(one -> at(one, "valueFrom", "secretKeyRef")))
                .hasSize(4)
                .allSatisfy(secret -> assertThat(
                                readme.lines().filter(line -> line.startsWith("| `" + secret.get("name") + "` | ")))
                        .singleElement()
                        .asString()
                        .contains("`" + secret.get("key") + "`"));
    }

    @Test
    void the_hub_runs_as_the_images_nobody_writes_only_where_it_is_let_and_holds_no_token() throws IOException {
        Map<String, Object> everybody = at(pod, "securityContext");
        Map<String, Object> own = at(hub, "securityContext");
        String dockerfile = Files.readString(Path.of("Dockerfile"));

        assertThat(everybody).containsEntry("runAsNonRoot", true);
        assertThat(dockerfile).contains("USER " + everybody.get("runAsUser") + ":" + everybody.get("runAsGroup"));
        assertThat(own).containsEntry("readOnlyRootFilesystem", true).containsEntry("allowPrivilegeEscalation", false);
        assertThat(texts(at(own, "capabilities").get("drop"))).containsExactly("ALL");
        assertThat(pod).containsEntry("automountServiceAccountToken", false);
        assertThat(document(BASE.resolve("serviceaccount.yaml"))).containsEntry("automountServiceAccountToken", false);

        Set<Object> volumes =
                maps(pod, "volumes").map(volume -> volume.get("name")).collect(Collectors.toSet());
        assertThat(maps(hub, "volumeMounts").map(mount -> mount.get("name"))).hasSameElementsAs(volumes);
        assertThat(maps(hub, "volumeMounts").map(mount -> String.valueOf(mount.get("mountPath"))))
                .allSatisfy(path -> assertThat(path.equals("/tmp")
                                || dockerfile.contains("VOLUME " + path)
                                || dockerfile.contains("COPY " + path.substring("/hub/".length())))
                        .as(path)
                        .isTrue());
    }

    @Test
    void selectors_choose_the_hub_and_the_autoscaler_scales_it() {
        Map<String, Object> labels = at(deployment, "template", "metadata", "labels");

        assertThat(at(deployment, "selector", "matchLabels")).isEqualTo(labels);
        assertThat(at(document(BASE.resolve("service.yaml")), "spec", "selector"))
                .isEqualTo(labels);
        assertThat(at(document(BASE.resolve("poddisruptionbudget.yaml")), "spec", "selector", "matchLabels"))
                .isEqualTo(labels);
        assertThat(at(document(BASE.resolve("networkpolicy.yaml")), "spec", "podSelector", "matchLabels"))
                .isEqualTo(labels);
        Map<String, Object> scaled =
                at(document(BASE.resolve("horizontalpodautoscaler.yaml")), "spec", "scaleTargetRef");
        assertThat(scaled)
                .containsEntry(
                        "name",
                        at(document(BASE.resolve("deployment.yaml")), "metadata")
                                .get("name"));
        assertThat(deployment).as("or each apply would undo the autoscaler").doesNotContainKey("replicas");
    }

    @Test
    void all_nodes_together_find_connections_in_a_database_as_it_comes() {
        int pool =
                number(at(document(BASE.resolve("settings.yaml")), "data"), "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE");
        int nodes = number(at(document(BASE.resolve("horizontalpodautoscaler.yaml")), "spec"), "maxReplicas");
        int surge = number(at(deployment, "strategy", "rollingUpdate"), "maxSurge");

        assertThat((nodes + surge) * pool).isLessThan(100 - 3);
    }

    @Test
    void nodes_are_scaled_by_a_figure_that_the_hub_gives() throws IOException {
        Path component = DEPLOY.resolve("components/autoscale-by-searches");
        Map<String, Object> rule = maps(at(document(component.resolve(ADAPTER)), "rules"), "custom")
                .findFirst()
                .orElseThrow();
        String series = String.valueOf(rule.get("seriesQuery")).replaceAll("\\{.*", "");

        assertThat(series).endsWith("_count");
        assertThat(Files.readString(Path.of("docs/monitoring/README.md")))
                .contains("| `" + series.substring(0, series.length() - "_count".length()) + "` |");
        assertThat(maps(at(document(component.resolve("horizontalpodautoscaler.yaml")), "spec"), "metrics")
                        .filter(metric -> metric.containsKey("pods"))
                        .map(metric -> at(metric, "pods", "metric").get("name")))
                .containsExactly(at(rule, "name").get("as"));
    }

    @Test
    void descriptors_of_overlays_are_such() throws IOException {
        var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(Path.of("connectors/connector.schema.json")));
        List<Path> descriptors = yaml().filter(
                        file -> Objects.requireNonNull(file.getParent()).endsWith("connectors"))
                .toList();

        assertThat(descriptors).isNotEmpty();
        for (Path descriptor : descriptors) {
            assertThat(schema.validate(Files.readString(descriptor), InputFormat.YAML))
                    .as(descriptor.toString())
                    .isEmpty();
        }
    }

    private static Object read(String yaml) throws IOException {
        Map<String, Object> plain = map(new YAMLMapper().readValue(yaml, Map.class));
        String kind = plain.get("apiVersion") + " " + plain.get("kind");
        String type = Objects.requireNonNull(KINDS.get(kind), kind);
        try {
            return STRICT.readValue(yaml, Class.forName("io.fabric8.kubernetes.api.model." + type));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<Path> yaml() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            files.filter(file -> file.toString().endsWith(".yaml")).forEach(all::add);
        }
        return all.stream();
    }

    private static List<Path> kustomizations() throws IOException {
        return yaml().filter(file -> file.endsWith(KUSTOMIZATION)).toList();
    }

    private static List<Path> manifests() throws IOException {
        return yaml().filter(file -> !file.endsWith(KUSTOMIZATION)
                        && !file.endsWith(ADAPTER)
                        && !Objects.requireNonNull(file.getParent()).endsWith("connectors"))
                .toList();
    }

    private static Map<String, Object> document(Path file) {
        return map(Compose.documents(file).getFirst());
    }

    private static Map<String, Object> at(Map<String, Object> from, String... path) {
        Map<String, Object> here = from;
        for (String step : path) {
            here = map(Objects.requireNonNull(here.get(step), step));
        }
        return here;
    }

    private static int number(Map<String, Object> from, String name) {
        return Integer.parseInt(String.valueOf(from.get(name)));
    }

    private static Stream<Map<String, Object>> maps(Map<String, Object> from, String list) {
        return from.get(list) instanceof List<?> all ? all.stream().map(Compose::map) : Stream.empty();
    }
}
