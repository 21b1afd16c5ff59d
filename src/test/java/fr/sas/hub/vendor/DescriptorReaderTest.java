package fr.sas.hub.vendor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.slot.Quirk;
import java.io.File;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.core.env.StandardEnvironment;

/** Whatever bytes a file has: a descriptor, or refused with line and reason. */
class DescriptorReaderTest {

    private static final String GOOD = """
            vendor: v
            name: Éditeur V
            status: live
            baseUrl: https://v.example/r4
            flows: [individual]
            poll:
              every: 60s
              timeout: 7s
            roster: ['810000000001']
            """;

    private static final String MARKS = ":-[]{}&*!|>'\"%@`#?,\n\t 0^\\";

    private static final DescriptorReader READER =
            new DescriptorReader(new Secrets(new StandardEnvironment(), new DefaultSslBundleRegistry()));

    /** @return null when it is taken */
    private static DescriptorReader.@Nullable Refused refused(byte[] bytes) {
        try {
            VendorDescriptor taken = READER.read("v", DescriptorReader.text(bytes));
            assertThat(HttpRequest.newBuilder(taken.baseUrl()).build())
                    .as("can be asked")
                    .isNotNull();
            return null;
        } catch (DescriptorReader.Refused e) {
            assertThat(e.line()).isPositive();
            assertThat(e.getMessage()).isNotBlank().hasSizeLessThan(600).matches("\\P{Cntrl}+");
            return e;
        }
    }

    private static DescriptorReader.@Nullable Refused refused(String text) {
        return refused(text.getBytes(UTF_8));
    }

    @Test
    void schema_and_runbook_name_every_tolerance_and_no_other() throws IOException {
        JsonNode schema = new ObjectMapper().readTree(new File("connectors/connector.schema.json"));
        List<String> inSchema = new ArrayList<>();
        schema.at("/properties/quirks/items/enum").forEach(name -> inSchema.add(name.asText()));
        String runbook = Files.readString(Path.of("docs/runbook/rejections-rise.md"));

        assertThat(inSchema)
                .containsExactlyElementsOf(
                        Arrays.stream(Quirk.values()).map(Quirk::text).toList());
        assertThat(inSchema).allSatisfy(name -> assertThat(runbook).contains("`" + name + "`"));
    }

    @Test
    void a_good_one_is_taken_with_a_byte_order_mark_too() {
        assertThat(refused(GOOD)).isNull();
        assertThat(refused("\uFEFF" + GOOD)).isNull();
    }

    @Test
    void what_is_not_utf_8_is_refused_at_its_line() {
        assertThat(refused(GOOD.getBytes(ISO_8859_1)))
                .hasMessageContaining("not UTF-8")
                .hasMessageContaining("0xC9")
                .extracting(DescriptorReader.Refused::line)
                .isEqualTo(2);
        assertThat(refused(GOOD.getBytes(UTF_16))).hasMessageContaining("not UTF-8");
        byte[] cutOff = GOOD.getBytes(UTF_8);
        assertThat(refused(Arrays.copyOf(cutOff, GOOD.indexOf('É') + 1)))
                .hasMessageContaining("not UTF-8")
                .extracting(DescriptorReader.Refused::line)
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(chars = {0, 1, 7, 0x1b, 0x7f, 0x85})
    void a_control_character_is_refused_at_its_line(char control) {
        assertThat(refused(GOOD.replace("status: live", "status: li" + control + "ve")))
                .hasMessageContaining("control character, U+%04X".formatted((int) control))
                .extracting(DescriptorReader.Refused::line)
                .isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "baseUrl: http://ho^st/ | baseUrl: is not a valid address",
                "baseUrl: 'http://ho st/' | baseUrl",
                "baseUrl: http://h/%zz | baseUrl: is not a valid address",
                "baseUrl: http://a_b.example/ | baseUrl: has no host name",
                "baseUrl: 'http://:80/' | baseUrl",
                "baseUrl: http://v.example:99999 | baseUrl: has no valid port",
                "baseUrl: \"http://v\\u0000.example\" | baseUrl",
                "baseUrl: \"http://v.example/\\x01\" | baseUrl",
                "baseUrl: ftp://v.example | baseUrl",
            })
    void an_address_that_cannot_be_asked_is_refused_at_its_line(String line, String reason) {
        assertThat(refused(GOOD.replace("baseUrl: https://v.example/r4", line)))
                .hasMessageStartingWith(reason)
                .extracting(DescriptorReader.Refused::line)
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0s",
                "0ms",
                "000h",
                "1ms",
                "8d",
                "999999999d",
                "99999999999999999999s",
                "9223372036854775807d",
                "-1s",
                "1.5s",
                "60"
            })
    void no_time_and_endless_time_are_refused_at_their_line(String duration) {
        assertThat(refused(GOOD.replace("every: 60s", "every: " + duration)))
                .hasMessageStartingWith("poll.every")
                .extracting(DescriptorReader.Refused::line)
                .isEqualTo(7);
    }

    @Test
    void how_long_is_told_when_it_is_too_long() {
        assertThat(refused(GOOD.replace("timeout: 7s", "timeout: 1h")))
                .hasMessage("poll.timeout: is between 100ms and 120s, not 1h");
        assertThat(refused(GOOD.replace("every: 60s", "horizon: 400d")))
                .hasMessage("poll.horizon: is between 1h and 90d, not 400d");
    }

    @ParameterizedTest
    @CsvSource({"vendor: v, 10", "baseUrl: https://other.example, 10", "poll: {}, 10", "'\"name\": W', 10"})
    void a_key_that_stands_there_twice_is_refused_at_its_second_line(String again, int line) {
        assertThat(refused(GOOD + again + "\n"))
                .hasMessageContaining("twice")
                .extracting(DescriptorReader.Refused::line)
                .isEqualTo(line);
        assertThat(refused(GOOD.replace("  every: 60s", "  every: 60s\n  every: 1h")))
                .hasMessageStartingWith("every: is given twice")
                .extracting(DescriptorReader.Refused::line)
                .isEqualTo(8);
    }

    @Test
    void what_eats_memory_or_the_stack_is_refused() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n";
        for (String text : List.of(
                "[".repeat(100_000),
                "{a: ".repeat(100_000),
                "- ".repeat(100_000) + "x",
                bomb,
                "a: &a [*a]\n",
                "--- \n--- \n",
                "vendor: !!java.net.URL [http://v.example]\n",
                "x".repeat(DescriptorReader.LONGEST_DESCRIPTOR + 1),
                GOOD + "x: " + "9".repeat(100_000),
                GOOD.replace("every: 60s", "maxRequestsPerSecond: 1.0e+9999999"),
                GOOD.replace("'810000000001'", "9".repeat(2_000)),
                "",
                "\n\n",
                "~")) {
            assertThat(refused(text))
                    .as(text.substring(0, Math.min(40, text.length())))
                    .isNotNull();
        }
    }

    @Test
    void a_roster_of_a_quarter_of_a_million_is_taken() {
        StringBuilder roster = new StringBuilder(GOOD.replace("roster: ['810000000001']\n", "roster:\n"));
        for (int i = 0; i < 250_000; i++) {
            roster.append("  - '8").append(10_000_000_000L + i).append("'\n");
        }

        assertThat(refused(roster.toString())).isNull();
    }

    @Property(tries = 2_000)
    void random_bytes_are_refused_with_line_and_reason(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(refused(bytes)).isNotNull();
    }

    @Property(tries = 3_000)
    void a_good_one_with_some_bytes_changed_is_taken_or_refused(@ForAll long seed) {
        Random dice = new Random(seed);
        byte[] bytes = GOOD.getBytes(UTF_8);
        for (int i = dice.nextInt(4); i >= 0; i--) {
            int at = dice.nextInt(bytes.length);
            switch (dice.nextInt(3)) {
                case 0 -> bytes[at] = (byte) dice.nextInt(256);
                case 1 -> bytes[at] = (byte) MARKS.charAt(dice.nextInt(MARKS.length()));
                default -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
            }
        }
        refused(bytes);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings().ascii().ofMaxLength(40),
                Arbitraries.strings()
                        .withChars("http://^[]:@%.0a_")
                        .ofMaxLength(20)
                        .map(rest -> "http://" + rest),
                Arbitraries.strings().numeric().ofMaxLength(30).map(number -> number + "s"),
                Arbitraries.of(
                        "~", "0", "true", "null", "1e9999999", ".inf", "2026-06-12", "&a x", "*a", "!!binary x"));
    }

    @Property(tries = 3_000)
    void whatever_a_key_says_the_descriptor_is_taken_or_refused(
            @ForAll("values") String value, @ForAll("keys") String key, @ForAll boolean quoted) {
        String written = quoted ? "\"" + escaped(value) + "\"" : value;
        refused(GOOD.replaceFirst(
                "(?m)" + key + ": .*$", java.util.regex.Matcher.quoteReplacement(key + ": " + written)));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of("vendor", "name", "status", "baseUrl", "flows", "every", "timeout", "roster");
    }

    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        value.chars().forEach(c -> escaped.append("\\u%04x".formatted(c)));
        return escaped.toString();
    }
}
