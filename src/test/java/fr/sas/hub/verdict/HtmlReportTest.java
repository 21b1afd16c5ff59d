package fr.sas.hub.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import fr.sas.hub.rule.Rules;
import fr.sas.hub.verdict.CheckReport.Result;
import fr.sas.hub.verdict.CheckReport.Status;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HtmlReportTest {

    @ParameterizedTest
    @EnumSource(names = {"FAILED", "PASSED"})
    void no_line_of_the_french_page_can_begin_with_a_sign(Status status) {
        String page = new HtmlReport(ReportLanguage.FRENCH).write(report(status));

        assertThat(page).contains("\u202f;").doesNotContainPattern("« | »| [:;?!]+[ .,)<\"]");
    }

    @Test
    void the_english_page_says_its_rules_as_they_are() {
        String page = new HtmlReport(ReportLanguage.ENGLISH).write(report(Status.FAILED));

        assertThat(page).doesNotContain("\u202f", "\u00a0");
    }

    private static CheckReport report(Status status) {
        return new CheckReport(
                URI.create("https://agenda.exemple.fr/fhir"),
                Instant.parse("2026-06-12T08:00:00Z"),
                Duration.ofSeconds(2),
                7,
                true,
                Rules.all().stream()
                        .map(rule -> new Result(rule, status, 1, List.of()))
                        .toList());
    }
}
