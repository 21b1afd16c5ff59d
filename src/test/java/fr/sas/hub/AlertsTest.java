package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** Alerts begin when they should, end when they should, and lead to what to do. */
class AlertsTest {

    private static final Path RULES = Path.of("docs/monitoring/alarms.yml");
    private static final Path RULES_TEST = Path.of("docs/monitoring/alarms-test.yml");

    @Test
    void prometheus_itself_finds_the_rules_good_and_their_tests_pass() throws Exception {
        String promtool = Stream.concat(
                        Stream.of("target/tools/usr/bin"),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator)))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse(null);
        assumeTrue(
                promtool != null,
                "promtool is not on this machine: alerts are not tested. It is in Debian's package prometheus; .ci/run fetches it");

        assertThat(run(promtool, "check", "rules", RULES.toString())).contains("SUCCESS");
        assertThat(run(promtool, "test", "rules", RULES_TEST.toString())).contains("SUCCESS");
    }

    @Test
    void every_alert_has_a_page_of_its_own_that_names_it() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        alerts().forEach((name, rule) -> pages.put(name, annotation(rule, "runbook")));

        assertThat(pages).isNotEmpty();
        assertThat(new TreeSet<>(pages.values())).hasSameSizeAs(pages.keySet());
        for (var page : pages.entrySet()) {
            assertThat(Files.readString(Path.of(page.getValue())))
                    .as("the page of %s", page.getKey())
                    .contains("`" + page.getKey() + "`");
        }
    }

    @Test
    void every_alert_lasts_before_it_is_told_and_is_tested() throws IOException {
        String tests = Files.readString(RULES_TEST);
        alerts().forEach((name, rule) -> {
            assertThat(rule).as(name).containsKeys("for", "keep_firing_for");
            assertThat(tests).contains("alertname: " + name);
            assertThat(tests).contains(annotation(rule, "runbook"));
        });
    }

    @Test
    void an_alert_about_a_vendor_names_it_and_has_no_label_that_changes_while_it_lasts() throws IOException {
        alerts().forEach((name, rule) -> {
            String expression = String.valueOf(rule.get("expr"));
            if (expression.contains("by (vendor")) {
                assertThat(annotation(rule, "summary")).as(name).contains("$labels.vendor");
            }
            assertThat(expression).as(name).doesNotContain("by (vendor, delivery");
            assertThat(((Map<?, ?>) rule.get("labels")).keySet()).as(name).isEqualTo(Set.of("severity"));
        });
    }

    @Test
    void whoever_is_told_that_it_begins_is_told_that_it_ends() throws IOException {
        Map<String, Object> config = new Yaml().load(Files.readString(Path.of("docs/monitoring/alertmanager.yml")));
        Set<String> known = alerts().keySet();
        String text = Files.readString(Path.of("docs/monitoring/alertmanager.yml"));

        assertThat((List<?>) config.get("receivers"))
                .hasSize(2)
                .allSatisfy(receiver -> assertThat(receiver.toString()).contains("send_resolved=true"));
        assertThat(Pattern.compile("\"([A-Za-z|]+)\"")
                        .matcher(text)
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).split("\\|")))
                        .collect(Collectors.toSet()))
                .isSubsetOf(known);
    }

    private static String annotation(Map<String, Object> rule, String name) {
        return String.valueOf(((Map<?, ?>) java.util.Objects.requireNonNull(rule.get("annotations"))).get(name));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Map<String, Object>> alerts() throws IOException {
        Map<String, Object> file = new Yaml().load(Files.readString(RULES));
        Map<String, Map<String, Object>> alerts = new TreeMap<>();
        for (Map<String, Object> group :
                (List<Map<String, Object>>) java.util.Objects.requireNonNull(file.get("groups"))) {
            for (Map<String, Object> rule :
                    (List<Map<String, Object>>) java.util.Objects.requireNonNull(group.get("rules"))) {
                if (rule.containsKey("alert")) {
                    alerts.put(String.valueOf(rule.get("alert")), rule);
                }
            }
        }
        return alerts;
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
