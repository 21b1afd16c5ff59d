package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorFault;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

/** The command as a vendor's CI runs it. */
class CheckCommandTest {

    private static final String BOTH = GoodVendor.ALICE + "," + GoodVendor.BERNARD.substring(1);
    private static final VendorFault BUSY = BundleFaults.set("Slot", "/status", "\"busy\"");

    @TempDir
    Path folder;

    private record Ran(int code, String out, String errors) {}

    private static Ran run(Map<String, String> environment, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        int code = CheckCommand.run(
                List.of(arguments),
                environment,
                Clock.systemUTC(),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(errors, true, StandardCharsets.UTF_8));
        return new Ran(code, out.toString(StandardCharsets.UTF_8), errors.toString(StandardCharsets.UTF_8));
    }

    private static Ran check(FakeVendor vendor, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--base-url",
                vendor.baseUrl() + "/",
                "--rpps",
                BOTH,
                "--cpts",
                GoodVendor.CPTS,
                "--sos=" + GoodVendor.SOS));
        arguments.addAll(List.of(more));
        return run(Map.of("TOKEN", "secret"), arguments.toArray(String[]::new));
    }

    @Test
    void all_is_well_and_the_server_saw_nothing_but_get() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            Ran ran = check(vendor);

            assertThat(ran.code()).isZero();
            assertThat(ran.out()).contains("passed", "NOT_FREE").doesNotContain("failed         ");
            assertThat(vendor.requests()).hasSizeGreaterThan(5).allMatch(request -> request.startsWith("GET "));
            assertThat(vendor.accounts()).isEmpty();
        }
    }

    @Test
    void with_write_made_up_accounts_are_written_and_end_without_habilitation() {
        try (FakeVendor vendor = GoodVendor.with(VendorFault.NONE)) {
            Ran ran = check(vendor, "--write");

            assertThat(ran.code()).isZero();
            assertThat(vendor.requests()).anyMatch(request -> request.startsWith("POST /Practitioner"));
            assertThat(vendor.accounts()).hasSize(3);
            assertThat(vendor.accounts().values())
                    .allMatch(account -> !account.path("active").asBoolean());
        }
    }

    @Test
    void something_failed() {
        try (FakeVendor vendor = GoodVendor.with(BUSY)) {
            Ran ran = check(vendor);

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out())
                    .contains("NOT_FREE", "Bundle.entry[0].resource.status", "found: busy", "FrSlotAgregateur");
        }
    }

    @Test
    void test_data_is_a_fault_except_on_trial() {
        try (FakeVendor vendor = GoodVendor.with(BundleFaults.set("Practitioner", "/meta/tag", """
                [{"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}]"""))) {
            assertThat(check(vendor).out()).contains("TEST_DATA");
            assertThat(check(vendor, "--trial").out()).doesNotContain("TEST_DATA");
        }
    }

    @Test
    void in_french() {
        try (FakeVendor vendor = GoodVendor.with(BUSY)) {
            assertThat(check(vendor, "--language", "fr").out())
                    .contains("non respectée  NOT_FREE", "Le statut du créneau est « free »", "reçu : busy");
        }
    }

    @Test
    void nobody_there_is_another_exit_code() {
        Ran ran = run(Map.of(), "--base-url", "http://localhost:1", "--rpps", BOTH);

        assertThat(ran.code()).isEqualTo(3);
        assertThat(ran.out()).contains("REACHABLE", "The server cannot be reached");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--rpps 810001234567                             | --base-url is missing",
                "--base-url https://v.example                    | --rpps is missing",
                "--base-url v.example --rpps 810001234567        | --base-url must begin with",
                "--base-url https://me:pw@v.example --rpps 810001234567 | --base-url must not contain credentials; use --basic-env or --token-env",
                "--base-url https://me:p%w@v.example --rpps 810001234567 | --base-url must not contain credentials; use --basic-env or --token-env",
                "--base-url https://v.example --rpps 12          | --rpps: not a national identifier: 12",
                "--base-url https://v.example --rpps             | --rpps needs a value",
                "--base-url https://v.example --rpps 810001234567 --sos x          | --sos: not a national identifier: x",
                "--base-url https://v.example --rpps 810001234567 --format pdf     | --format must be text, json, junit or html",
                "--base-url https://v.example --rpps 810001234567 --patience 2h    | --patience must be at most 60s",
                "--base-url https://v.example --rpps 810001234567 --patience soon  | --patience must be a duration such as 7s",
                "--base-url https://v.example --rpps 810001234567 --token-env NONE | there is no environment variable NONE",
                "--base-url https://v.example --rpps 810001234567 --verbose        | There is no option --verbose",
                "--base-url https://v.example --rpps 810001234567 --key-store x.p12 | The key or trust store cannot be used",
            })
    void wrong_use_is_told(String arguments, String said) {
        Ran ran = run(Map.of(), arguments.split(" "));

        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.errors()).contains(said, "Usage: ").doesNotContain("me:p");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void help_is_no_mistake() {
        Ran ran = run(Map.of(), "--help");

        assertThat(ran.code()).isZero();
        assertThat(ran.out()).contains("Exit code: 0");
    }

    @Test
    void json_has_both_languages_and_the_excerpt() throws Exception {
        try (FakeVendor vendor = GoodVendor.with(BUSY)) {
            JsonNode report = new ObjectMapper()
                    .readTree(check(vendor, "--format", "json").out());

            assertThat(report.path("passed").asBoolean()).isFalse();
            assertThat(report.at("/counts/failed").asInt()).isEqualTo(1);
            JsonNode check = report.path("checks").findParents("id").stream()
                    .filter(node -> node.path("id").asText().equals("NOT_FREE"))
                    .findFirst()
                    .orElseThrow();
            assertThat(check.path("status").asText()).isEqualTo("failed");
            assertThat(check.path("phrase").asText()).contains("créneau");
            assertThat(check.path("pageUrl").asText()).endsWith("StructureDefinition-FrSlotAgregateur.html");
            assertThat(check.at("/examples/0/excerpt").asText()).contains("\"status\":\"busy\"");
        }
    }

    @Test
    void junit_counts_what_it_holds() throws Exception {
        Path file = folder.resolve("reports/check.xml");
        try (FakeVendor vendor = GoodVendor.with(BUSY)) {
            Ran ran = check(vendor, "--format", "junit", "--output", file.toString());

            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.out()).hasLineCount(1).contains("1 failed");
        }
        var document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(file)));
        var suites = document.getElementsByTagName("testsuite");
        for (int i = 0; i < suites.getLength(); i++) {
            Element suite = (Element) suites.item(i);
            assertThat(suite.getAttribute("tests"))
                    .isEqualTo(Integer.toString(
                            suite.getElementsByTagName("testcase").getLength()));
            assertThat(suite.getAttribute("failures"))
                    .isEqualTo(Integer.toString(
                            suite.getElementsByTagName("failure").getLength()));
        }
        assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    }

    @Test
    void html_is_one_page_that_loads_nothing_and_what_a_vendor_sends_is_text_in_it() {
        VendorFault script = BundleFaults.set("Slot", "/status", "\"<script>alert(1)</script>\"");
        try (FakeVendor vendor = GoodVendor.with(script)) {
            String page = check(vendor, "--format", "html", "--language", "fr").out();

            assertThat(page)
                    .startsWith("<!doctype html>\n<html lang=\"fr\">")
                    .contains("prefers-color-scheme: dark", "&lt;script&gt;alert(1)", "NOT_FREE")
                    .doesNotContain("<script", "src=", "<link", "@import", "url(");
        }
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void the_token_is_sent_and_never_shown(ReportFormat format) {
        List<String> tokens = new ArrayList<>();
        VendorFault guarded = VendorFault.ofAnswers((request, answer) -> {
            tokens.add(request.getHeader("Authorization"));
            return answer.get();
        });
        try (FakeVendor vendor = GoodVendor.with(guarded)) {
            Ran ran = check(vendor, "--token-env", "TOKEN", "--format", format.name());

            assertThat(tokens).isNotEmpty().allMatch("Bearer secret"::equals);
            assertThat(ran.out()).doesNotContain("secret");
        }
    }
}
