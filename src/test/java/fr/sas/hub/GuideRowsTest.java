package fr.sas.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each row of the users' guides that names a screen is walked in a browser by a test named after it, such as {@code PM14_PM15_the_pencil…} or {@code pm14_a_pm17_…}. */
class GuideRowsTest {

    private static final Path ROWS = Path.of("src/test/resources/guide-rows.txt");
    private static final String UNTESTED = " - ";
    private static final String UNSEEN = " ~ ";
    private static final Pattern BROWSER =
            Pattern.compile("import com\\.microsoft\\.playwright\\.Page;|\\bWalker\\.(practitioner|manager)\\(");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
    private static final Pattern ROW = Pattern.compile("(S|PS|PM|FM|HC|DL|AM)([1-9][0-9]?)");

    @Test
    void a_walk_in_a_browser_is_named_after_every_row_but_those_that_say_why_not() throws IOException {
        Map<String, String> rows = rows();
        Set<String> walked = named(BROWSER);
        Set<String> tested = named(Pattern.compile(""));

        assertThat(rows.entrySet())
                .allSatisfy(row -> assertThat(walked.contains(row.getKey()))
                        .as("a walk in a browser named after %s (%s)", row.getKey(), row.getValue())
                        .isEqualTo(!row.getValue().contains(UNTESTED)
                                && !row.getValue().contains(UNSEEN)));
        assertThat(rows.entrySet())
                .allSatisfy(row -> assertThat(tested.contains(row.getKey()))
                        .as("a test named after %s (%s)", row.getKey(), row.getValue())
                        .isEqualTo(!row.getValue().contains(UNTESTED)));
        assertThat(rows.keySet()).as("rows that tests are named after").containsAll(tested);
    }

    /** By row: what stands behind it. */
    private static Map<String, String> rows() throws IOException {
        Map<String, String> rows = new TreeMap<>();
        for (String line : Files.readAllLines(ROWS)) {
            if (!line.startsWith("#")) {
                String row = line.substring(0, line.indexOf(' '));
                assertThat(row).matches(ROW);
                assertThat(rows.put(row, line.substring(row.length() + 1)))
                        .as("%s twice", row)
                        .isNull();
            }
        }
        return rows;
    }

    /** By tests of the sources in which something is found. */
    private static Set<String> named(Pattern used) throws IOException {
        Set<String> named = new TreeSet<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
            for (Path source : sources.filter(path -> path.toString().endsWith("Test.java"))
                    .toList()) {
                String text = Files.readString(source);
                Matcher methods = METHOD.matcher(text);
                while (used.matcher(text).find() && methods.find()) {
                    named.addAll(rowsOf(methods.group(1)));
                }
            }
        }
        return named;
    }

    /** Those at the beginning of a test's name; {@code pm5_a_pm10} are six. */
    static List<String> rowsOf(String test) {
        List<String> rows = new ArrayList<>();
        boolean range = false;
        for (String word : test.toUpperCase(Locale.ROOT).split("_")) {
            Matcher row = ROW.matcher(word);
            if (row.matches()) {
                int last = Integer.parseInt(row.group(2));
                int first = range ? Integer.parseInt(rows.getLast().replaceAll("\\D", "")) + 1 : last;
                IntStream.rangeClosed(first, last).forEach(number -> rows.add(row.group(1) + number));
                range = false;
            } else if (!rows.isEmpty() && (word.equals("A") || word.equals("ET"))) {
                range = word.equals("A");
            } else {
                break;
            }
        }
        return rows;
    }

    @Test
    void a_name_says_rows_one_by_one_or_from_one_to_another() {
        assertThat(rowsOf("PS1_PM2_who_sees")).containsExactly("PS1", "PM2");
        assertThat(rowsOf("pm5_a_pm7_creer")).containsExactly("PM5", "PM6", "PM7");
        assertThat(rowsOf("pm18_et_pm20_les")).containsExactly("PM18", "PM20");
        assertThat(rowsOf("S25_a_password")).containsExactly("S25");
        assertThat(rowsOf("the_S25")).isEmpty();
    }
}
