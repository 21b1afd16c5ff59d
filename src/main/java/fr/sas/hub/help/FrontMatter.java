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
 * What a file says of itself: a few keys in YAML, each once.
 *
 * @param lines how many lines stand before what follows
 */
record FrontMatter(Map<String, Object> values, int lines) {

    private static final String FENCE = "---";

    /** Between two lines of three hyphens, at the beginning of a text. */
    static FrontMatter atTheBeginningOf(String text, Set<String> keys) throws Unreadable {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().stripTrailing().equals(FENCE)) {
            throw new Unreadable(
                    1, "begins with a line of three hyphens, the file's own description, and another such line");
        }
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).stripTrailing().equals(FENCE)) {
                return new FrontMatter(values(String.join("\n", lines.subList(1, i)), keys, 1), i + 1);
            }
        }
        throw new Unreadable(1, "the description that begins here does not end with a line of three hyphens");
    }

    /** A whole file. */
    static FrontMatter of(String yaml, Set<String> keys) throws Unreadable {
        return new FrontMatter(values(yaml, keys, 0), 0);
    }

    private static Map<String, Object> values(String yaml, Set<String> keys, int before) throws Unreadable {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(0);
        Object read;
        try {
            read = new Yaml(new SafeConstructor(options)).load(yaml);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine();
            throw new Unreadable(before + line + 1, String.valueOf(e.getProblem()));
        } catch (YAMLException e) {
            throw new Unreadable(before + 1, String.valueOf(e.getMessage()));
        }
        if (!(read instanceof Map<?, ?> map)) {
            throw new Unreadable(before + 1, "says nothing of itself: keys are " + keys);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            String key = String.valueOf(entry.getKey());
            if (!keys.contains(key)) {
                throw new Unreadable(lineOf(yaml, key) + before, "key " + key + " is unknown: keys are " + keys);
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
    String text(String key) throws Unreadable {
        Object value = values.get(key);
        if (value == null) {
            return null;
        }
        String text = String.valueOf(value).strip();
        if (value instanceof Map || value instanceof List || text.isEmpty() || text.length() > 300) {
            throw new Unreadable(1, key + " is a text of at most 300 characters");
        }
        return text;
    }

    String needed(String key) throws Unreadable {
        String text = text(key);
        if (text == null) {
            throw new Unreadable(1, key + " is required");
        }
        return text;
    }

    /** 100 where nothing is said. */
    int order() throws Unreadable {
        Object value = values.getOrDefault("order", 100);
        if (value instanceof Integer order) {
            return order;
        }
        throw new Unreadable(1, "order is a whole number");
    }

    List<String> texts(String key) throws Unreadable {
        Object value = values.getOrDefault(key, List.of());
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return list.stream().map(String.class::cast).toList();
        }
        throw new Unreadable(1, key + " is a list of words");
    }
}
