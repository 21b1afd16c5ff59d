package fr.sas.hub.verdict;

import fr.sas.hub.access.FrenchSpacing;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.RuleTopic;
import fr.sas.hub.verdict.CheckReport.Result;
import fr.sas.hub.verdict.CheckReport.Status;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The wording of reports in one language. */
enum ReportLanguage {
    ENGLISH("en"),
    FRENCH("fr");

    private final String code;

    ReportLanguage(String code) {
        this.code = code;
    }

    static ReportLanguage of(Locale locale) {
        return locale.getLanguage().equals(FRENCH.code) ? FRENCH : ENGLISH;
    }

    String code() {
        return code;
    }

    String say(String english, String french) {
        return this == FRENCH ? french : english;
    }

    /** For a page, on which no line may begin with a sign. */
    String spaced(String text) {
        return this == FRENCH ? FrenchSpacing.noBreak(text) : text;
    }

    String title() {
        return say("Conformance check", "Vérification de conformité");
    }

    String rule(Rule rule) {
        return say(rule.demand().english(), rule.demand().french());
    }

    String topic(RuleTopic topic) {
        return say(topic.english(), topic.french());
    }

    String status(Status status) {
        return switch (status) {
            case PASSED -> say("passed", "respectée");
            case FAILED -> say("failed", "non respectée");
            case WARNED -> say("warned", "à corriger");
            case SKIPPED -> say("skipped", "sans objet");
        };
    }

    /** For several rules. */
    String plural(Status status) {
        String one = status(status);
        return this == FRENCH && one.endsWith("respectée") ? one + "s" : one;
    }

    /** The location and what was found there. */
    String place(Finding finding) {
        return finding.value() == null
                ? finding.path()
                : finding.path() + say(" — found: ", " — reçu : ") + finding.value();
    }

    String more(Result result) {
        int rest = result.count() - result.examples().size();
        return rest == 0 ? "" : say("and " + rest + " more", "et " + rest + " autres");
    }

    String verdict(CheckReport report) {
        if (!report.reachable()) {
            return say("The server cannot be reached", "Le serveur n'est pas joignable");
        }
        return report.isPassed()
                ? say("Nothing failed", "Aucune règle bloquante n'est enfreinte")
                : say("Some rules are broken", "Des règles ne sont pas respectées");
    }

    String sums(CheckReport report) {
        return Stream.of(Status.PASSED, Status.FAILED, Status.WARNED, Status.SKIPPED)
                .map(status -> report.count(status) + " " + plural(status))
                .collect(Collectors.joining(", "));
    }

    String effort(CheckReport report) {
        return report.requests()
                + say(" requests in ", " requêtes en ")
                + String.format(Locale.ROOT, "%.1f s", report.took().toMillis() / 1000.0);
    }
}
