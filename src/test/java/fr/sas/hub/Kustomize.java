package fr.sas.hub;

import static fr.sas.hub.Compose.map;
import static fr.sas.hub.Compose.texts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code kustomize build} makes of a folder: as much of it as {@code deploy/} uses. Whatever else is asked for is refused, as is what would
 * silently have no effect.
 */
final class Kustomize {

    static final String FILE = "kustomization.yaml";

    private static final Set<String> KNOWN = Set.of(
            "apiVersion",
            "kind",
            "namespace",
            "resources",
            "components",
            "labels",
            "images",
            "configMapGenerator",
            "patches");

    /** Lists whose elements are patched one by one, and by what they are told apart: Kubernetes' {@code patchMergeKey}. */
    private static final Map<String, String> MERGED =
            Map.of("containers", "name", "env", "name", "volumes", "name", "volumeMounts", "mountPath");

    /** Lists that a patch replaces as a whole. */
    private static final Set<String> REPLACED = Set.of("metrics");

    private final Map<String, Map<String, Object>> objects = new LinkedHashMap<>();

    private Kustomize() {}

    static Kustomize of(Path folder) {
        Kustomize made = new Kustomize();
        made.apply(folder, "Kustomization");
        return made;
    }

    Kustomize with(Path component) {
        apply(component, "Component");
        return this;
    }

    List<Map<String, Object>> objects() {
        return List.copyOf(objects.values());
    }

    Stream<Map<String, Object>> objects(String kind) {
        return objects.values().stream().filter(one -> kind.equals(one.get("kind")));
    }

    Map<String, Object> object(String kind, String name) {
        return required(objects.get(kind + " " + name), "There is no " + kind + " " + name);
    }

    private void apply(Path folder, String kind) {
        Path file = folder.resolve(FILE);
        Map<String, Object> asked = documents(file).getFirst();
        check(KNOWN.containsAll(asked.keySet()), file + " asks for more than is known here: " + asked.keySet());
        check(kind.equals(asked.get("kind")), file + " is no " + kind);
        texts(asked.get("resources")).forEach(name -> add(folder.resolve(name)));
        texts(asked.get("components")).forEach(name -> apply(folder.resolve(name), "Component"));
        maps(asked.get("configMapGenerator")).forEach(made -> generate(folder, made));
        maps(asked.get("patches")).forEach(patch -> patch(folder.resolve(text(patch, "path"))));
        if (asked.containsKey("namespace")) {
            objects.values().stream()
                    .filter(one -> !"Namespace".equals(one.get("kind")))
                    .forEach(one -> metadata(one).put("namespace", text(asked, "namespace")));
        }
        maps(asked.get("labels")).forEach(this::label);
        maps(asked.get("images")).forEach(this::replaceImage);
    }

    private void add(Path resource) {
        if (Files.isDirectory(resource)) {
            of(resource).objects().forEach(this::add);
        } else {
            documents(resource).forEach(this::add);
        }
    }

    private void add(Map<String, Object> object) {
        check(objects.put(key(object), object) == null, "There are two of " + key(object));
    }

    private void generate(Path folder, Map<String, Object> made) {
        boolean merges = "merge".equals(made.get("behavior"));
        check(merges || !made.containsKey("behavior"), "An unknown behavior: " + made);
        check(
                Boolean.TRUE.equals(map(made.get("options")).get("disableNameSuffixHash")),
                "A hash would be in its name: " + made);
        if (!merges) {
            Map<String, Object> metadata = new LinkedHashMap<>(Map.of("name", text(made, "name")));
            add(new LinkedHashMap<>(Map.of("apiVersion", "v1", "kind", "ConfigMap", "metadata", metadata)));
        }
        Map<String, Object> config = object("ConfigMap", text(made, "name"));
        texts(made.get("files"))
                .map(folder::resolve)
                .forEach(file -> map(config.computeIfAbsent("data", none -> new LinkedHashMap<>()))
                        .put(file.getFileName().toString(), read(file)));
    }

    private void patch(Path file) {
        documents(file)
                .forEach(patch -> merge(
                        required(objects.get(key(patch)), file + " patches what is not there: " + key(patch)), patch));
    }

    private static void merge(Map<String, Object> target, Map<String, Object> patch) {
        patch.forEach((field, value) -> {
            check(value != null && !field.startsWith("$"), "Only what is added or changed is known here: " + field);
            Object old = target.get(field);
            if (old instanceof Map && value instanceof Map) {
                merge(map(old), map(value));
            } else if (old instanceof List<?> && MERGED.containsKey(field)) {
                target.put(field, merged(maps(old).toList(), maps(value).toList(), MERGED.get(field)));
            } else {
                check(
                        !(old instanceof List<?>) || REPLACED.contains(field),
                        "Whether a patch replaces this list is not known here: " + field);
                target.put(field, value);
            }
        });
    }

    /** As kustomize orders them: what is new comes first. */
    private static List<Map<String, Object>> merged(
            List<Map<String, Object>> old, List<Map<String, Object>> patches, String key) {
        List<Map<String, Object>> fresh = new ArrayList<>();
        for (Map<String, Object> patch : patches) {
            old.stream()
                    .filter(one -> Objects.equals(one.get(key), patch.get(key)))
                    .findFirst()
                    .ifPresentOrElse(one -> merge(one, patch), () -> fresh.add(patch));
        }
        return Stream.concat(fresh.stream(), old.stream()).toList();
    }

    private void label(Map<String, Object> label) {
        check(Set.of("pairs").equals(label.keySet()), "Labels of metadata only: " + label);
        objects.values()
                .forEach(one -> map(metadata(one).computeIfAbsent("labels", none -> new LinkedHashMap<>()))
                        .putAll(map(label.get("pairs"))));
    }

    private void replaceImage(Map<String, Object> image) {
        List<Map<String, Object>> containers = objects("Deployment")
                .flatMap(one ->
                        maps(map(map(map(one.get("spec")).get("template")).get("spec"))
                                .get("containers")))
                .filter(container -> Objects.equals(container.get("image"), image.get("name")))
                .toList();
        check(!containers.isEmpty(), "Nobody runs the image " + image.get("name"));
        containers.forEach(container -> container.put("image", text(image, "newName") + ":" + text(image, "newTag")));
    }

    private static String key(Map<String, Object> object) {
        return text(object, "kind") + " " + text(metadata(object), "name");
    }

    private static Map<String, Object> metadata(Map<String, Object> object) {
        return map(required(object.get("metadata"), "It has no metadata: " + object));
    }

    private static String text(Map<String, Object> from, String name) {
        return String.valueOf(required(from.get(name), "There is no " + name + ": " + from));
    }

    private static Stream<Map<String, Object>> maps(@Nullable Object list) {
        return list instanceof List<?> all ? all.stream().map(Compose::map) : Stream.empty();
    }

    private static List<Map<String, Object>> documents(Path file) {
        return Compose.documents(file).stream().map(Compose::map).toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static <T> T required(@Nullable T value, String otherwise) {
        check(value != null, otherwise);
        return Objects.requireNonNull(value);
    }
}
