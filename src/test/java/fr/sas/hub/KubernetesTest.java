package fr.sas.hub;

import static fr.sas.hub.Compose.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is deployed to Kubernetes names only what exists, and fits the hub. No cluster is needed to know that. */
class KubernetesTest extends DeployedFiles {

    /** Of an address. */
    private static final Pattern PORT = Pattern.compile("[a-z]:([0-9]+)\\b");

    private final Map<String, Object> deployment = at(document(BASE.resolve("deployment.yaml")), "spec");
    private final Map<String, Object> pod = at(deployment, "template", "spec");
    private final Map<String, Object> hub = maps(pod, "containers").findFirst().orElseThrow();

    @Test
    void the_hub_is_given_settings_it_knows() throws IOException {
        Set<String> known = DeploymentFilesTest.knownVariables();

        assertThat(VARIANTS)
                .allSatisfy((name, made) -> assertThat(Stream.concat(
                                settings(made).keySet().stream(),
                                maps(hub(made), "env").map(one -> String.valueOf(one.get("name")))))
                        .as(name)
                        .allSatisfy(variable -> assertThat(known).contains(variable.replaceAll("_[0-9]+_", "_*_"))));
    }

    /** By the port: whose it is, an installation may say. */
    @Test
    void what_the_settings_name_may_be_called() {
        assertThat(VARIANTS).allSatisfy((name, made) -> {
            Set<String> open = made.objects("NetworkPolicy")
                    .flatMap(policy -> maps(at(policy, "spec"), "egress"))
                    .flatMap(way -> maps(way, "ports"))
                    .map(port -> String.valueOf(port.get("port")))
                    .collect(Collectors.toSet());
            assertThat(settings(made).values().stream()
                            .map(String::valueOf)
                            .flatMap(value -> PORT.matcher(value).results())
                            .map(port -> port.group(1)))
                    .as(name)
                    .isNotEmpty()
                    .isSubsetOf(open);
        });
    }

    @Test
    void ports_and_probes_are_those_of_the_hub() throws IOException {
        String application = Files.readString(Path.of("src/main/resources/application.yaml"));
        Map<String, Object> port = maps(hub, "ports").findFirst().orElseThrow();
        Object name = port.get("name");
        assertThat(Files.readString(Path.of("Dockerfile"))).contains("EXPOSE " + port.get("containerPort"));
        assertThat(application).contains("port: " + port.get("containerPort"));
        assertThat(maps(at(document(BASE.resolve("service.yaml")), "spec"), "ports"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.get("targetPort")).isEqualTo(name));
        assertThat(maps(at(document(BASE.resolve("networkpolicy.yaml")), "spec"), "ingress")
                        .flatMap(way -> maps(way, "ports")))
                .isNotEmpty()
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
    void config_maps_and_accounts_that_are_named_exist() {
        assertThat(VARIANTS).allSatisfy((name, made) -> {
            List<Object> configs = Stream.concat(
                            maps(hub(made), "envFrom")
                                    .map(one -> at(one, "configMapRef").get("name")),
                            maps(pod(made), "volumes")
                                    .filter(volume -> volume.containsKey("configMap"))
                                    .map(volume -> at(volume, "configMap").get("name")))
                    .toList();
            assertThat(configs).as(name).hasSize(2).isSubsetOf(names(made, "ConfigMap"));
            assertThat(names(made, "ServiceAccount")).contains(pod(made).get("serviceAccountName"));
        });
    }

    @Test
    void secrets_that_are_named_are_told_to_be_made() throws IOException {
        String readme = Files.readString(DEPLOY.resolve("README.md"));
        Set<String> named = VARIANTS.values().stream()
                .flatMap(KubernetesTest::secretKeys)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(named)
                .hasSizeGreaterThan(4)
                .allSatisfy(secret -> assertThat(
                                readme.lines().filter(line -> line.startsWith("| `" + secret.split(" ")[0] + "` | ")))
                        .singleElement()
                        .asString()
                        .contains("`" + secret.split(" ")[1] + "`"));
    }

    @Test
    void what_is_mounted_is_a_volume_and_every_volume_is_mounted() {
        assertThat(VARIANTS)
                .allSatisfy((name, made) -> assertThat(
                                maps(hub(made), "volumeMounts").map(mount -> mount.get("name")))
                        .as(name)
                        .containsExactlyInAnyOrderElementsOf(maps(pod(made), "volumes")
                                .map(volume -> volume.get("name"))
                                .toList()));
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
        assertThat(VARIANTS).allSatisfy((name, made) -> {
            int pool = number(settings(made), "SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE");
            int nodes = number(at(made.object("HorizontalPodAutoscaler", "hub"), "spec"), "maxReplicas");
            int surge = number(at(made.object("Deployment", "hub"), "spec", "strategy", "rollingUpdate"), "maxSurge");

            assertThat((nodes + surge) * pool).as(name).isLessThan(100 - 3);
        });
    }

    @Test
    void as_many_nodes_are_started_as_france_needs() throws IOException {
        String needed = Files.readString(Path.of("docs/capacity.md"))
                .lines()
                .filter(line -> line.startsWith("| **nodes** "))
                .findFirst()
                .orElseThrow()
                .replaceFirst(".* \\| \\*\\*([0-9]+)\\*\\* \\| .*", "$1");

        assertThat(VARIANTS)
                .allSatisfy((name, made) -> assertThat(
                                number(at(made.object("HorizontalPodAutoscaler", "hub"), "spec"), "minReplicas"))
                        .as(name)
                        .isEqualTo(Integer.parseInt(needed)));
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

    private static List<Object> names(Kustomize made, String kind) {
        return made.objects(kind)
                .map(one -> Objects.requireNonNull(at(one, "metadata").get("name")))
                .toList();
    }

    /** As name and key. */
    private static Stream<String> secretKeys(Kustomize made) {
        return Stream.concat(
                maps(hub(made), "env")
                        .filter(one -> one.containsKey("valueFrom"))
                        .map(one -> at(one, "valueFrom", "secretKeyRef"))
                        .map(secret -> secret.get("name") + " " + secret.get("key")),
                maps(pod(made), "volumes")
                        .filter(volume -> volume.containsKey("secret"))
                        .map(volume -> at(volume, "secret"))
                        .flatMap(secret ->
                                maps(secret, "items").map(item -> secret.get("secretName") + " " + item.get("key"))));
    }
}
