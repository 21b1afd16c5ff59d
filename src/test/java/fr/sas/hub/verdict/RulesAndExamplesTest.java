package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.rule.Examples;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Rules;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of the rules are true. */
class RulesAndExamplesTest {

    static Stream<Rule> triable() {
        return Rules.all().stream().filter(Examples::isTriable);
    }

    @ParameterizedTest
    @MethodSource("triable")
    void the_example_that_passes_breaks_no_rule_and_the_one_that_fails_breaks_this_one_alone(Rule rule) {
        assertThat(broken(rule, rule.demand().passes())).isEmpty();
        assertThat(broken(rule, rule.demand().fails()))
                .isNotEmpty()
                .allMatch(found -> found.startsWith(rule.id() + " "));
    }

    private static List<String> broken(Rule rule, String example) {
        Judgement judgement = Examples.isAlone(rule)
                ? Judge.resource(Examples.alone(example), Instant.parse("2026-06-12T06:00:00Z"))
                : Judge.answer(List.of(Examples.answer(rule, example)), Examples.asked(rule), true);
        return judgement.findings().stream()
                .map(found -> found.rule().id() + " " + found.path() + " " + found.value())
                .toList();
    }
}
