package fr.sas.hub.ops;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.directory.SkippedLine;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.outbox.DestinationStatus;
import fr.sas.hub.replay.DeliveryDocument;
import fr.sas.hub.rule.Rules;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Fate;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every word that a page of the console may need is there, in both languages. */
class ConsoleWordsTest {

    private static final Path MAIN = Path.of("src/main");
    private static final Pattern NAMED = Pattern.compile("[#]\\{(ops\\.[a-z.-]+)[(}]");
    private static final Pattern SIGN = Pattern.compile("« | »| [:;?!]+([\\s).,]|$)");
    private static final Pattern ELIDED = Pattern.compile("(\\p{L}+)''(\\p{L}+)");
    private static final Pattern WORD = Pattern.compile("(?<![\\p{L}'])\\p{L}+");
    private static final Pattern ALONE = Pattern.compile("(?<!')'(?!')");
    private static final Pattern IN_CODE = Pattern.compile("\"(ops\\.tile\\.[a-z.-]+)\"");

    @Test
    void what_is_said_in_english_is_said_in_french() throws IOException {
        assertThat(keys("_fr")).isEqualTo(keys(""));
    }

    /** What is elided in one message, such as « d'une », is not written as one word in another. */
    @Test
    void no_french_word_has_lost_its_apostrophe() throws IOException {
        Set<String> wholeWords = Set.of(
                "ce", "celle", "ceux", "de", "deux", "dont", "je", "la", "là", "le", "lorsque", "ne", "que", "quelle",
                "sa", "se", "sont");
        List<MatchResult> elided = found(ELIDED, words("_fr"));
        Set<String> lost = new TreeSet<>();
        elided.forEach(before -> elided.forEach(after -> lost.add(before.group(1) + after.group(2))));
        lost.removeAll(wholeWords);

        assertThat(lost).contains("dune", "lagenda", "quil").hasSizeGreaterThan(500);
        assertThat(found(WORD, words("_fr")))
                .extracting(MatchResult::group)
                .filteredOn(lost::contains)
                .isEmpty();
    }

    @Test
    void no_apostrophe_is_lost_where_a_message_is_filled_in() throws IOException {
        assertThat(found(ALONE, words(""))).isEmpty();
        assertThat(found(ALONE, words("_fr"))).isEmpty();
    }

    @Test
    void every_state_trouble_fate_standing_and_severity_has_its_word() throws IOException {
        Set<String> needed = new TreeSet<>();
        add(needed, VendorStatusLabel.values(), VendorStatusLabel::key);
        add(needed, Answer.Kind.values(), kind -> "ops.trouble." + small(kind));
        add(needed, Fate.values(), fate -> "ops.fate." + fate);
        add(needed, SourceFreshness.values(), freshness -> "ops.standing." + freshness);
        add(needed, Severity.values(), severity -> "ops.severity." + severity);
        add(needed, DeliveryDocument.Outcome.values(), outcome -> "ops.outcome." + outcome.code());
        add(needed, SkippedLine.Rule.values(), rule -> "ops.loads.rule." + rule);
        add(needed, DestinationStatus.State.values(), state -> "ops.outbox.state." + state);

        assertThat(keys("")).containsAll(needed);
    }

    @Test
    void every_word_that_a_page_names_is_there() throws IOException {
        Set<String> named = new TreeSet<>();
        named.addAll(named(MAIN.resolve("resources/templates/ops"), NAMED));
        named.addAll(named(MAIN.resolve("java/fr/sas/hub/ops"), IN_CODE));

        assertThat(named).hasSizeGreaterThan(80);
        assertThat(keys("")).containsAll(named);
    }

    @Test
    void a_fault_without_a_field_is_said_as_it_is() {
        var faults = ConsoleFaults.of(new fr.sas.hub.access.NotFound("There is none", "Il n'y en a pas"));

        assertThat(faults)
                .extracting(InvalidInput.Fault::field, fault -> fault.rule().in(Locale.FRENCH))
                .containsExactly(org.assertj.core.groups.Tuple.tuple("", "Il n'y en a pas"));
    }

    @Test
    void no_page_can_break_the_sentence_of_a_rule_before_a_sign() throws IOException {
        assertThat(named(MAIN.resolve("resources/templates/ops"), Pattern.compile("(language == '\\w+' \\?[^}]*)")))
                .as("sentences that are not shown by ViewFormats")
                .isEmpty();
        Stream<String> sentences = Stream.concat(
                Rules.all().stream().map(rule -> rule.sentenceInFrench("12 : 30")),
                Stream.of(Fate.values()).map(Fate::sentenceInFrench));
        assertThat(sentences)
                .extracting(sentence -> ViewFormats.in(Locale.FRENCH).either("", sentence))
                .noneMatch(shown -> SIGN.matcher(shown).find())
                .anyMatch(shown -> shown.contains("\u202f"));
        assertThat(ViewFormats.in(Locale.ENGLISH).either("Why : so", "")).isEqualTo("Why : so");
    }

    private static <T> void add(Set<String> needed, T[] all, Function<T, String> key) {
        Stream.of(all).map(key).forEach(needed::add);
    }

    private static String small(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static List<MatchResult> found(Pattern pattern, Properties words) {
        return words.values().stream()
                .flatMap(word -> pattern.matcher(word.toString().toLowerCase(Locale.FRENCH))
                        .results())
                .toList();
    }

    private static Set<String> keys(String language) throws IOException {
        return new TreeSet<>(words(language).stringPropertyNames());
    }

    private static Properties words(String language) throws IOException {
        Properties words = new Properties();
        try (Reader file = Files.newBufferedReader(
                MAIN.resolve("resources/messages" + language + ".properties"), StandardCharsets.UTF_8)) {
            words.load(file);
        }
        return words;
    }

    private static List<String> named(Path folder, Pattern pattern) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(ConsoleWordsTest::text)
                    .flatMap(text -> pattern.matcher(text).results().map((MatchResult found) -> found.group(1)))
                    .collect(Collectors.toList());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
