package fr.sas.hub.testing;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a hub tells Prometheus, read. */
public final class Scrape {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final List<Sample> samples;

    private record Sample(String name, Map<String, String> labels, double value) {}

    private Scrape(List<Sample> samples) {
        this.samples = samples;
    }

    /** @param ops a client whose role is ops */
    public static Scrape of(HubClient ops) {
        String body = ops.get("/actuator/prometheus").body();
        return new Scrape(body.lines()
                .filter(line -> !line.startsWith("#"))
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(found -> new Sample(found.group(1), labels(found.group(2)), Double.parseDouble(found.group(3))))
                .toList());
    }

    private static Map<String, String> labels(String text) {
        return text == null
                ? Map.of()
                : LABEL.matcher(text)
                        .results()
                        .collect(Collectors.toMap(
                                found -> found.group(1), found -> found.group(2), (a, b) -> b, TreeMap::new));
    }

    public Set<String> names() {
        return samples.stream().map(Sample::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The sum of the series that have these labels; 0 when there is none. */
    public double sum(String name, String... labels) {
        return matching(name, labels).stream().mapToDouble(Sample::value).sum();
    }

    public boolean has(String name, String... labels) {
        return !matching(name, labels).isEmpty();
    }

    /** The values that a label has, in all series or in those of a name. */
    public Set<String> values(String name, String label, String... labels) {
        return matching(name, labels).stream()
                .map(sample -> sample.labels.get(label))
                .filter(java.util.Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of the hub's own series with this label and value. */
    public Set<String> namesWith(String label, String value) {
        return samples.stream()
                .filter(sample -> value.equals(sample.labels.get(label)))
                .map(Sample::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Sample> matching(String name, String... labels) {
        return samples.stream()
                .filter(sample -> sample.name.equals(name))
                .filter(sample -> {
                    for (int i = 0; i < labels.length; i += 2) {
                        if (!labels[i + 1].equals(sample.labels.get(labels[i]))) {
                            return false;
                        }
                    }
                    return true;
                })
                .toList();
    }
}
