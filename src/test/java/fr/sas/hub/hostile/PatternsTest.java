package fr.sas.hub.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Every pattern of the sources, found by reading them: twice as long an input costs about twice as many steps, whatever is
 * repeated in it. A step is a look at a character; no clock is asked.
 */
class PatternsTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final String LITERAL = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    private static final Pattern FOUND =
            Pattern.compile("(Pattern\\.compile|@Pattern|\\.matches|\\.split)\\(\\s*(?:regexp = )?" + LITERAL
                    + "|(\\.replaceAll|\\.replaceFirst)\\(\\s*" + LITERAL + ",");
    private static final Pattern OTHER = Pattern.compile(
            "(Pattern\\.compile|Pattern\\.matches|\\.split|\\.replaceAll|\\.replaceFirst|new Scanner|\\.useDelimiter)\\("
                    + "(?!\\s*(?:regexp = )?\"|\\(\\w+, \\w+\\) ->)");
    private static final int SHORT = 2_000;
    private static final int LONG = 10_000;
    private static final int SMALL_STACK = 256 * 1024;

    private static final List<String> KNOWN = List.of(
            "/",
            "/_history/",
            "//",
            "a@",
            "a.",
            "fr.a",
            ".a",
            "max-age",
            "/*",
            "--",
            "=",
            "3",
            "$",
            "10",
            "&after=",
            " ");

    /** @param whole it must match from end to end, and is not looked for */
    record Used(Path file, String regex, boolean whole) {
        @Override
        public String toString() {
            return file.getFileName() + ": " + regex;
        }
    }

    private static final List<Used> ALL = all();

    private static List<Used> all() {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            List<Used> all = new ArrayList<>();
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String text = Files.readString(file);
                Matcher found = FOUND.matcher(text);
                while (found.find()) {
                    String call = found.group(1) == null ? found.group(3) : found.group(1);
                    String regex = found.group(1) == null ? found.group(4) : found.group(2);
                    boolean whole = call.equals("@Pattern")
                            || call.equals(".matches")
                            || call.equals("Pattern.compile") && !text.contains(".find(");
                    all.add(new Used(file, regex.translateEscapes(), whole));
                }
            }
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property(tries = 4_000)
    void no_pattern_costs_more_than_its_input_is_long(@ForAll("used") Used used, @ForAll("parts") List<String> parts) {
        long once = steps(used, parts, SHORT);
        long twice = steps(used, parts, 2 * SHORT);

        assertThat(twice).as("%s on %s", used, parts).isLessThan(3 * once + 1_000);
    }

    @Example
    void what_was_seen_to_be_slow_elsewhere_is_not_here() {
        for (Used used : ALL) {
            for (String repeated : KNOWN) {
                for (String after : List.of("", "\n!", "!")) {
                    List<String> parts = List.of("", repeated, after);
                    assertThat(steps(used, parts, 2 * SHORT))
                            .as("%s on %s", used, parts)
                            .isLessThan(3 * steps(used, parts, SHORT) + 1_000);
                }
            }
        }
    }

    @Example
    void a_long_input_does_not_exhaust_a_small_stack() throws Exception {
        FutureTask<List<String>> exhausted = new FutureTask<>(PatternsTest::exhaustStack);
        new Thread(null, exhausted, "small", SMALL_STACK).start();

        assertThat(exhausted.get()).isEmpty();
    }

    private static List<String> exhaustStack() {
        List<String> exhausted = new ArrayList<>();
        for (Used used : ALL) {
            for (String before : KNOWN) {
                for (String repeated : KNOWN) {
                    try {
                        steps(used, List.of(before, repeated, ""), LONG);
                    } catch (StackOverflowError e) {
                        exhausted.add(used + " on " + before + " and many " + repeated);
                    }
                }
            }
        }
        return exhausted;
    }

    @Example
    void every_pattern_can_be_read_from_the_sources() throws IOException {
        List<String> hidden = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                for (String line : Files.readAllLines(file)) {
                    // begins with ^ and lists the first digits of postal codes, of ours
                    if (OTHER.matcher(line).find() && !line.contains("Pattern.compile(postalCodes())")) {
                        hidden.add(file.getFileName() + ": " + line.strip());
                    }
                }
            }
        }

        assertThat(ALL).hasSizeGreaterThan(30);
        assertThat(hidden).as("a pattern that is no literal, or a scanner").isEmpty();
    }

    @Provide
    Arbitrary<Used> used() {
        return Arbitraries.of(ALL);
    }

    /** Beginning, what is repeated, end: of characters that the pattern may be after. */
    @Provide
    Arbitrary<List<String>> parts() {
        Arbitrary<String> bit = Arbitraries.strings()
                .withChars("/a0-1._:*=,;@ +\n\"$8Z")
                .ofMinLength(0)
                .ofMaxLength(4);
        Arbitrary<String> known = Arbitraries.of(KNOWN);
        Arbitrary<String> any = Arbitraries.oneOf(bit, known);
        return Combinators.combine(any, Arbitraries.oneOf(bit.filter(text -> !text.isEmpty()), known), any)
                .as((before, repeated, after) -> List.of(before, repeated, after));
    }

    private static long steps(Used used, List<String> parts, int length) {
        String repeated = parts.get(1);
        Counted text = new Counted(parts.get(0) + repeated.repeat(length / repeated.length() + 1) + parts.get(2));
        Matcher matcher = Pattern.compile(used.regex()).matcher(text);
        if (used.whole()) {
            matcher.matches();
        } else {
            while (matcher.find()) {
                matcher.end();
            }
        }
        return text.steps;
    }

    /** Counts how often it is looked at. */
    private static final class Counted implements CharSequence {

        private final String text;
        private long steps;

        Counted(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            steps++;
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
