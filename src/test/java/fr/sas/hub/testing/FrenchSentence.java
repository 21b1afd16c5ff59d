package fr.sas.hub.testing;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person is to be told: a whole sentence, in which nothing stands as programs say it to each other. */
public final class FrenchSentence {

    private static final Pattern WHOLE = Pattern.compile("(?s)[\\p{Lu}\\d…].*[.?!]");

    /** Names of fields, addresses, and what stands for something else. */
    private static final Pattern OF_PROGRAMS =
            Pattern.compile("\\p{Ll}+\\p{Lu}\\w*|\\w*_\\w*|/\\w+/|[\\[\\]{}]|\\bUUID\\b");

    /** Codes and words of the wire, as they are sent. */
    private static final Pattern CODES =
            Pattern.compile("\\b(AMB|HH|VR|PRO|SNP|PUBLIC|practice|cpts|msp|sos|cds|slot|range|true|false|null|"
                    + "monday|tuesday|wednesday|thursday|friday|saturday|sunday|requested|accepted|refused|revoked|"
                    + "settings|delegate|practitioner|manager|account-manager|read|write|GET|PUT|POST|DELETE|"
                    + "from|to|next|after|weekly|date|start|end|live|trial|paused|waiting|dead|json|junit|html)\\b");

    /** French words that are spelt like one of those. */
    private static final List<String> FRENCH_TOO = List.of("date");

    private FrenchSentence() {}

    /** What is wrong with it; empty when nothing is. */
    public static List<String> faultsOf(String text) {
        Stream<String> whole = WHOLE.matcher(text).matches() ? Stream.empty() : Stream.of("is no whole sentence");
        Stream<String> words = Stream.of(OF_PROGRAMS, CODES)
                .flatMap(pattern -> pattern.matcher(text).results())
                .map(MatchResult::group)
                .filter(word -> !FRENCH_TOO.contains(word))
                .map(word -> "says " + word);
        return Stream.concat(whole, words).toList();
    }
}
