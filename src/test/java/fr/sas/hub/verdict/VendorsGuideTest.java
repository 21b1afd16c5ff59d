package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import fr.sas.hub.rule.Rules;
import fr.sas.hub.slot.Source;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.HubTest;
import fr.sas.hub.testing.VendorFault;
import fr.sas.hub.vendor.Vendors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What the onboarding guide tells a vendor to type does what it says. */
@HubTest
class VendorsGuideTest {

    private static final String VENDOR = "agenda-soleil";

    /** The jar is not packaged while tests run: its main class is, with the same arguments. */
    private static final String JAVA = """
            set -euo pipefail
            java() { shift 2; "$JAVA_HOME/bin/java" -XX:TieredStopAtLevel=1 -cp "$CLASS_PATH" fr.sas.hub.HubApplication "$@"; }
            """;

    @LocalServerPort
    int port;

    @Value("${hub.connectors}")
    Path connectors;

    @TempDir
    Path folder;

    @Autowired
    Vendors vendors;

    @AfterEach
    void leave() {
        Descriptor.of(VENDOR).removeFrom(connectors);
        await().until(() -> vendors.find(new Source(VENDOR)).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "docs/vendors.md, Slot.status is, passed         NOT_FREE, Nothing failed, 'check.html'",
        "docs/vendors.fr.md, Le statut du créneau est, respectée      NOT_FREE, Aucune règle bloquante, 'check.html'",
    })
    void every_command_runs(String guide, String rule, String kept, String verdict, String page) throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            Descriptor.of(VENDOR)
                    .at(vendor.baseUrl())
                    .status("trial")
                    .roster(GoodVendor.ALICE, GoodVendor.BERNARD)
                    .dropInto(connectors);
            await().until(() -> !vendor.asked().isEmpty());

            String said = run(String.join("\n", blocks(guide, "bash")), vendor);

            assertThat(said)
                    .contains(
                            "\"NOT_FREE\"",
                            "\"ORPHAN_ACTOR\"",
                            "\"ORPHAN_ROLE\"",
                            kept,
                            verdict,
                            "\"deliveries\":",
                            "\"latest\":");
            assertThat(said).contains(rule);
            assertThat(Files.readString(folder.resolve(page))).startsWith("<!doctype html>");
            assertThat(Files.readString(folder.resolve("check.xml"))).contains("<testsuites");
            assertThat(vendor.requests()).isNotEmpty().allMatch(request -> request.startsWith("GET "));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs/vendors.md", "docs/vendors.fr.md"})
    void every_rule_it_names_is_one(String guide) throws IOException {
        List<String> named = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+)`")
                .matcher(Files.readString(Path.of(guide)))
                .results()
                .map(match -> match.group(1))
                .filter(name -> !name.startsWith("INT_"))
                .toList();

        assertThat(named).isNotEmpty().allMatch(name -> Rules.find(name).isPresent());
    }

    @Test
    void both_languages_have_the_same_requests() throws IOException {
        assertThat(blocks("docs/vendors.fr.md", "bash")).hasSameSizeAs(blocks("docs/vendors.md", "bash"));
        assertThat(blocks("docs/vendors.fr.md", "yaml")).isEqualTo(blocks("docs/vendors.md", "yaml"));
    }

    private static List<String> blocks(String guide, String language) throws IOException {
        return Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(Path.of(guide)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    private String run(String script, FakeVendor vendor) throws IOException, InterruptedException {
        Path said = folder.resolve("said.txt");
        ProcessBuilder bash = new ProcessBuilder("/bin/bash", "-c", JAVA + script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        bash.environment().put("HUB", "http://localhost:" + port);
        bash.environment().put("TOKEN", "test-vendor-agenda-soleil");
        bash.environment().put("VENDOR", VENDOR);
        bash.environment().put("BASE_URL", vendor.baseUrl());
        bash.environment().put("RPPS", GoodVendor.ALICE.substring(1) + "," + GoodVendor.BERNARD.substring(1));
        bash.environment().put("JAVA_HOME", System.getProperty("java.home"));
        bash.environment().put("CLASS_PATH", System.getProperty("java.class.path"));
        Process running = bash.start();
        boolean ended = running.waitFor(3, TimeUnit.MINUTES);
        String text = Files.readString(said, StandardCharsets.UTF_8);
        assertThat(ended).as(text).isTrue();
        assertThat(running.exitValue()).as(text).isZero();
        return text;
    }
}
