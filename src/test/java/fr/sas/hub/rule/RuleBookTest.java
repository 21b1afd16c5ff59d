package fr.sas.hub.rule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The rules as a document. */
class RuleBookTest {

    private static final Path RULES = Path.of("docs/rules.md");

    /** When it fails, run it again with {@code -Drules.write=true} and read what changed. */
    @Test
    void docs_rules_is_what_the_code_says() throws IOException {
        String book = RuleBook.write(Rules.all());
        if (Boolean.getBoolean("rules.write")) {
            Files.writeString(RULES, book);
        }

        assertThat(Files.readString(RULES)).isEqualTo(book);
    }

    @Test
    void every_rule_says_something_in_both_languages() {
        assertThat(Rules.all()).extracting(Rule::id).doesNotHaveDuplicates();
        assertThat(Rules.all()).allSatisfy(rule -> {
            assertThat(rule.demand().english()).isNotBlank().doesNotEndWith(".");
            assertThat(rule.demand().french())
                    .isNotBlank()
                    .isNotEqualTo(rule.demand().english());
            assertThat(rule.demand().fails()).isNotEqualTo(rule.demand().passes());
        });
    }
}
