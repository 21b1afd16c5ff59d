package fr.sas.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml}, read as strictly as Compose does: a key that stands twice is an error. */
final class Compose {

    private Compose() {}

    static Map<String, Object> file() {
        return map(documents(Path.of("docker-compose.yml")).getFirst());
    }

    @SuppressWarnings("unchecked")
    static Map<String, Map<String, Object>> services() {
        return (Map<String, Map<String, Object>>) file().get("services");
    }

    /** All documents of a YAML file. */
    static List<Object> documents(Path file) {
        var strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<Object> documents = new ArrayList<>();
        try {
            new Yaml(strict).loadAll(Files.readString(file)).forEach(documents::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) value;
    }

    static Stream<String> texts(@Nullable Object value) {
        return value == null ? Stream.empty() : ((Collection<?>) value).stream().map(String::valueOf);
    }

    /** What is mounted, and of a setting with a default the default. */
    static String sourceOf(String volume) {
        String plain = volume.replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1");
        return plain.substring(0, plain.indexOf(':'));
    }
}
