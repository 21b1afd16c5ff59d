package fr.sas.hub;

import static fr.sas.hub.Compose.map;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What is deployed to Kubernetes: files, and what overlays and components make of them. */
abstract class DeployedFiles {

    static final Path DEPLOY = Path.of("deploy");
    static final Path BASE = DEPLOY.resolve("base");
    static final String ADAPTER = "prometheus-adapter.yaml";

    /** The base, every overlay, the base with each component and with all of them: by how they are made. */
    static final Map<String, Kustomize> VARIANTS = variants();

    static Map<String, Kustomize> variants() {
        Map<String, Kustomize> all = new TreeMap<>();
        Kustomize everything = Kustomize.of(BASE);
        all.put("base", Kustomize.of(BASE));
        folders("overlays").forEach(overlay -> all.put(overlay.toString(), Kustomize.of(overlay)));
        components().forEach(component -> {
            all.put("base with " + component.getFileName(), Kustomize.of(BASE).with(component));
            everything.with(component);
        });
        all.put("base with everything", everything);
        return all;
    }

    static Stream<Path> components() {
        return folders("components");
    }

    static Stream<Path> folders(String of) {
        try (Stream<Path> folders = Files.list(DEPLOY.resolve(of))) {
            return folders.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<Path> yaml() throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(DEPLOY)) {
            files.filter(file -> file.toString().endsWith(".yaml")).forEach(all::add);
        }
        return all.stream();
    }

    static List<Path> manifests() throws IOException {
        return yaml().filter(file -> !file.endsWith(Kustomize.FILE)
                        && !file.endsWith(ADAPTER)
                        && !Objects.requireNonNull(file.getParent()).endsWith("connectors"))
                .toList();
    }

    static List<Path> kustomizations() throws IOException {
        return yaml().filter(file -> file.endsWith(Kustomize.FILE)).toList();
    }

    static Map<String, Object> settings(Kustomize made) {
        return at(made.object("ConfigMap", "hub-settings"), "data");
    }

    static Map<String, Object> pod(Kustomize made) {
        return at(made.object("Deployment", "hub"), "spec", "template", "spec");
    }

    static Map<String, Object> hub(Kustomize made) {
        return maps(pod(made), "containers").findFirst().orElseThrow();
    }

    static Map<String, Object> document(Path file) {
        return map(Compose.documents(file).getFirst());
    }

    static Map<String, Object> at(Map<String, Object> from, String... path) {
        Map<String, Object> here = from;
        for (String step : path) {
            here = map(Objects.requireNonNull(here.get(step), step));
        }
        return here;
    }

    static int number(Map<String, Object> from, String name) {
        return Integer.parseInt(String.valueOf(from.get(name)));
    }

    static Stream<Map<String, Object>> maps(Map<String, Object> from, String list) {
        return from.get(list) instanceof List<?> all ? all.stream().map(Compose::map) : Stream.empty();
    }
}
