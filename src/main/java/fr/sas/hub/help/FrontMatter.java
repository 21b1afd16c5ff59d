package fr.sas.hub.help;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * The metadata of a file: a few keys in YAML, each at most once.
 *
 * @param lines number of lines before the content
 */
record FrontMatter(Map<String, Object> values, int lines) {

    private static final String FENCE = "---";

    /** Reads the metadata between two lines of three hyphens at the beginning of a text. */
    static FrontMatter atTheBeginningOf(String text, Set<String> keys) throws UnreadableFile {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals(FENCE)) {
            throw new UnreadableFile(
                    1, "must begin with a line of three hyphens, the front matter, and another line of three hyphens");
        }
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).stripTrailing().equals(FENCE)) {
                return new FrontMatter(values(String.join("\n", lines.subList(1, i)), keys, 1), i + 1);
            }
        }
        throw new UnreadableFile(1, "the front matter that begins here does not end with a line of three hyphens");
    }

    /** Reads a file that contains nothing else. */
    static FrontMatter of(String yaml, Set<String> keys) throws UnreadableFile {
        return new FrontMatter(values(yaml, keys, 0), 0);
    }

    private static Map<String, Object> values(String yaml, Set<String> keys, int before) throws UnreadableFile {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        Object read;
        try {
            read = new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            throw new UnreadableFile(before + line + 1, String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw new UnreadableFile(before + 1, String.valueOf(e.getMessage()));
        }
        if (!(read instanceof Map<?, ?> map)) {
            throw new UnreadableFile(before + 1, "has no metadata; possible keys are " + keys);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (!keys.contains(key)) {
                throw new UnreadableFile(
                        lineOf(yaml, key) + before, "key " + key + " is unknown; possible keys are " + keys);
            }
            if (entry.getValue() != null) {
                values.put(key, entry.getValue());
            }
        }
        return values;
    }

    private static int lineOf(String yaml, String key) {
        List<String> lines = yaml.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(key)) {
                return i + 1;
            }
        }
        return 1;
    }

    @Nullable
    String text(String key) throws UnreadableFile {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        String text = String.valueOf(value).strip();
        if (value instanceof Map || value instanceof List || text.isEmpty() || text.length() > 300) {
            throw new UnreadableFile(1, key + " must be a text of at most 300 characters");
        }
        return text;
    }

    String required(String key) throws UnreadableFile {
        String text = text(key);
        if (text == null) {
            throw new UnreadableFile(1, key + " is required");
        }
        return text;
    }

    /** 100 if not given. */
    int order() throws UnreadableFile {
        Object value = values.getOrDefault("order", 100);
        if (value instanceof Integer order) {
            return order;
        }
        throw new UnreadableFile(1, "order must be a whole number");
    }

    List<String> texts(String key) throws UnreadableFile {
        Object value = values.getOrDefault(key, List.of());
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new UnreadableFile(1, key + " must be a list of words");
    }
}
