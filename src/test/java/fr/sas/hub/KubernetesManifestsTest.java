package fr.sas.hub;

import static fr.sas.hub.Compose.map;
import static fr.sas.hub.Compose.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deployed to Kubernetes is what Kubernetes knows, and each file has its place. No cluster is needed to know that. */
class KubernetesManifestsTest extends DeployedFiles {

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

    /** Without the place where those types put what they do not know. */
    private static final ObjectMapper STRICT = new YAMLMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated annotated) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

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
    void what_overlays_and_components_make_of_the_base_has_only_fields_that_kubernetes_knows() {
        assertThat(VARIANTS)
                .hasSizeGreaterThan(5)
                .allSatisfy((name, made) -> assertThat(made.objects())
                        .hasSizeGreaterThan(6)
                        .allSatisfy(object -> assertThat(read(object)).as(name).isNotNull()));
        assertThat(Objects.requireNonNull(VARIANTS.get("deploy/overlays/example"))
                        .objects())
                .filteredOn(object -> !"Namespace".equals(object.get("kind")))
                .allSatisfy(object -> assertThat(at(object, "metadata")).containsEntry("namespace", "sas-hub"));
    }

    @Test
    void a_patch_of_what_is_not_there_is_seen(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("settings.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: { name: hub-setings }
                """);
        Files.writeString(folder.resolve(Kustomize.FILE), """
                kind: Component
                patches:
                  - path: settings.yaml
                """);

        assertThatThrownBy(() -> Kustomize.of(BASE).with(folder)).hasMessageContaining("hub-setings");
    }

    @Test
    void kustomize_itself_makes_the_same(@TempDir Path folder) throws Exception {
        assumeThat(isThere("kubectl")).as("kubectl is not installed").isTrue();
        Path all = Files.createDirectories(Path.of("target/kustomize-all"));
        Files.writeString(all.resolve(Kustomize.FILE), """
                kind: Kustomization
                resources: [../../deploy/base]
                components: [%s]
                """.formatted(
                        components().map(component -> "../../" + component).collect(Collectors.joining(", "))));
        for (Path made : List.of(DEPLOY.resolve("overlays/example"), all)) {
            Path output = folder.resolve("made.yaml");
            Process kubectl = new ProcessBuilder("kubectl", "kustomize", made.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectOutput(output.toFile())
                    .start();
            assertThat(kubectl.waitFor()).as(made.toString()).isZero();
            assertThat(Kustomize.of(made).objects())
                    .as(made.toString())
                    .containsExactlyInAnyOrderElementsOf(
                            Compose.documents(output).stream().map(Compose::map).toList());
        }
    }

    @Test
    void every_file_is_named_by_its_kustomization_and_every_named_one_exists() throws IOException {
        for (Path file : kustomizations()) {
            Map<String, Object> kustomization = document(file);
            Path folder = Objects.requireNonNull(file.getParent());
            List<String> named = Stream.of(
                            texts(kustomization.get("resources")),
                            texts(kustomization.get("components")),
                            maps(kustomization, "patches").map(patch -> String.valueOf(patch.get("path"))),
                            maps(kustomization, "configMapGenerator").flatMap(made -> texts(made.get("files"))))
                    .flatMap(some -> some)
                    .toList();
            assertThat(named)
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(folder.resolve(name)).exists());
            try (Stream<Path> files = Files.list(folder)) {
                assertThat(files.filter(one -> one.toString().endsWith(".yaml"))
                                .map(one -> one.getFileName().toString())
                                .filter(name -> !Set.of(Kustomize.FILE, ADAPTER).contains(name)))
                        .allSatisfy(name -> assertThat(named).contains(name));
            }
        }
    }

    @Test
    void every_component_is_told_of() throws IOException {
        String readme = Files.readString(DEPLOY.resolve("README.md"));

        assertThat(components())
                .isNotEmpty()
                .allSatisfy(component -> assertThat(readme).contains("| `" + component.getFileName() + "` | "));
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
        return read(map(new YAMLMapper().readValue(yaml, Map.class)));
    }

    private static Object read(Map<String, Object> object) throws UnrecognizedPropertyException {
        String kind = object.get("apiVersion") + " " + object.get("kind");
        String type = Objects.requireNonNull(KINDS.get(kind), kind);
        try {
            return STRICT.convertValue(object, Class.forName("io.fabric8.kubernetes.api.model." + type));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } catch (IllegalArgumentException e) {
            if (e.getCause() instanceof UnrecognizedPropertyException unknown) {
                throw unknown;
            }
            throw e;
        }
    }

    private static boolean isThere(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
