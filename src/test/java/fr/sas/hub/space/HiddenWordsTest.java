package fr.sas.hub.space;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.AssociationRule;
import fr.sas.hub.rule.CommunityRule;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Rules;
import fr.sas.hub.rule.ScheduleRule;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.rule.SlotRule;
import fr.sas.hub.slot.Fate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** Whoever reads why a slot of theirs is not shown reads a sentence for people, in both languages, whatever the reason. */
class HiddenWordsTest {

    private final HiddenWords words = new HiddenWords(messages());

    @ParameterizedTest
    @MethodSource("reasons")
    void every_reason_has_a_sentence_for_a_person_in_both_languages(Fate fate, Rule rule) {
        String french = words.explain(fate, rule, Locale.FRENCH);
        String english = words.explain(fate, rule, Locale.ENGLISH);

        assertThat(List.of(french, english))
                .allSatisfy(sentence -> assertThat(sentence)
                        .endsWith(".")
                        .doesNotContain("people.", "Slot", "FHIR", "Bundle", "index", "Non affiché", "Not shown", "''")
                        .matches("(?s)\\p{Lu}.*"));
        assertThat(french).isNotEqualTo(english).doesNotContainPattern("(?i)(?<!-)\\b(vous|votre|vos)\\b");
        assertThat(english).as("a delegate reads it too").doesNotContainPattern("(?i)\\byour?\\b");
    }

    /** Rules that an entry of an answer can break so that its slot is not shown; and those that have nothing to do with a rule. */
    static Stream<Object[]> reasons() {
        Stream<Object[]> fates = Arrays.stream(Fate.values())
                .filter(fate -> !fate.isShown() || fate == Fate.SHOWN_IN_PART)
                .map(fate -> new Object[] {fate, null});
        Stream<Object[]> rules = Rules.all().stream()
                .filter(rule -> rule.severity().costsSlots())
                .filter(rule -> rule instanceof SlotRule
                        || rule instanceof ScheduleRule
                        || rule instanceof AnswerRule
                        || rule instanceof CommunityRule
                        || rule instanceof AssociationRule)
                .map(rule -> new Object[] {rule.severity() == Severity.WITHHELD ? Fate.WITHHELD : Fate.REJECTED, rule});
        return Stream.concat(fates, rules);
    }

    private static ResourceBundleMessageSource messages() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }
}
