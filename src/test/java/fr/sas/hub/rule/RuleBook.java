package fr.sas.hub.rule;

import java.util.List;
import java.util.Locale;

/** Writes docs/rules.md. */
final class RuleBook {

    private static final String HEAD = """
            # The rules

            What the hub demands of vendors' answers and servers, of regulators' accounts and of appointments, all of it. Written
            by `RuleBookTest` from the room `rule`: do not edit. The guide is the ANS implementation guide "Service d'Accès aux
            Soins" 1.1.0.

            An id is the same everywhere: rejections, scorecards, `$validate`, the conformance check. A rule broken means

            - **rejected**: the entry, or the whole answer, is not used; the check fails
            - **noted**: the slot is shown without the part in question; the check fails
            - **withheld**: the slot is right, and not for display; the check warns
            - **tolerated**: understood all the same, the guide says otherwise; the check warns

            Examples in JSON are fragments: merged (RFC 7396) into a right resource of that type, the first breaks no rule and the
            second this one alone. A test tries them.
            """;

    private RuleBook() {}

    static String write(List<Rule> rules) {
        StringBuilder book = new StringBuilder(HEAD);
        Topic topic = null;
        for (Rule rule : rules) {
            if (rule.demand().topic() != topic) {
                topic = rule.demand().topic();
                book.append("\n## ").append(topic.english()).append("\n");
            }
            book.append(entry(rule));
        }
        return book.append(modifiers()).toString();
    }

    private static String modifiers() {
        StringBuilder text = new StringBuilder("""

                ## Elements that change the meaning

                Every element that R4 marks as a modifier in the resources read of vendors, and what is done about it. Beside them:
                `active: false` of a Practitioner or PractitionerRole (INACTIVE), a slot outside the period of its PractitionerRole
                (ROLE_ENDED), a Location that is a kind of place and none (`mode`, LOCATION_CLOSED), and what is labelled as made for
                tests (TEST_DATA).

                | element | what is done |
                |---|---|
                """);
        for (ModifierElement modifier : ModifierElement.values()) {
            text.append("| `%s` | %s |%n".formatted(modifier.element(), modifier.effect()));
        }
        return text.toString();
    }

    private static String entry(Rule rule) {
        Rule.Demand demand = rule.demand();
        return """

                ### %s

                %s. *%s.*

                %s · [%s](%s)

                - passes: `%s`
                - fails: `%s`
                """.formatted(
                        rule.id(),
                        demand.english(),
                        demand.french(),
                        demand.severity().name().toLowerCase(Locale.ROOT),
                        demand.page().title(),
                        demand.page().url(),
                        demand.passes(),
                        demand.fails());
    }
}
