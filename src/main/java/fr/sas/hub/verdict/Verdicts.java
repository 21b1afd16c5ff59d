package fr.sas.hub.verdict;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import fr.sas.hub.connector.Delivery;
import fr.sas.hub.connector.Flow;
import fr.sas.hub.intake.Rehearsal;
import fr.sas.hub.rule.AnswerRule;
import fr.sas.hub.rule.Asked;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.Judgement;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Window;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The judge's findings about an answer, and what the hub's own reading of it adds to them. */
final class Verdicts {

    private static final Source NOBODY = new Source("under-check");

    private Verdicts() {}

    /** @param asked with its window and moment: reading needs them */
    static Judgement of(FhirContext fhir, List<JsonNode> pages, Asked asked, boolean complete) {
        Judgement judgement = Judge.answer(pages, asked, complete);
        Window window = asked.window();
        Instant now = asked.now();
        if (window == null || now == null || judgement.findings().stream().anyMatch(Verdicts::isUnreadable)) {
            return judgement;
        }
        Delivery delivery = new Delivery(
                new UUID(0, 0),
                NOBODY,
                Flow.valueOf(asked.kind().name()),
                asked.subjects(),
                window,
                now,
                Duration.ZERO,
                Answer.COMPLETE,
                pages.stream()
                        .map(page -> page.toString().getBytes(StandardCharsets.UTF_8))
                        .toList(),
                Set.of(),
                false);
        return and(judgement, Rehearsal.read(fhir, delivery, now));
    }

    private static boolean isUnreadable(Finding finding) {
        return finding.path().endsWith("Bundle") || finding.path().endsWith("Bundle.type");
    }

    /**
     * What the judge already said, of the rule or of the entry, is not said again in other words; nor is what only follows
     * from an entry that cannot be read.
     */
    private static Judgement and(Judgement judgement, List<Finding> more) {
        Set<Rule> rules = new HashSet<>();
        Set<String> entries = new HashSet<>();
        for (Finding finding : judgement.findings()) {
            rules.add(finding.rule());
            if (finding.rule().severity().fails()) {
                entries.add(entryOf(finding));
            }
        }
        List<Finding> findings = new ArrayList<>(judgement.findings());
        Set<Rule> applied = new HashSet<>(judgement.applied());
        applied.add(AnswerRule.UNREADABLE_ENTRY);
        boolean unreadable = more.stream().anyMatch(finding -> finding.rule() == AnswerRule.UNREADABLE_ENTRY);
        for (Finding finding : more) {
            boolean follows = unreadable && finding.rule() != AnswerRule.UNREADABLE_ENTRY;
            if (!follows && !rules.contains(finding.rule()) && !entries.contains(entryOf(finding))) {
                findings.add(finding);
                applied.add(finding.rule());
            }
        }
        return new Judgement(findings, applied);
    }

    /** {@code Bundle.entry[3]} of {@code Bundle.entry[3].resource.start}. */
    private static String entryOf(Finding finding) {
        int end = finding.path().indexOf(']');
        return end < 0 ? finding.path() : finding.path().substring(0, end + 1);
    }
}
