package fr.sas.hub.explain;

import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.SubjectParameter;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.Explanation;
import fr.sas.hub.index.Explanations;
import fr.sas.hub.index.freshness.SourceFreshness;
import fr.sas.hub.index.freshness.SourceStatus;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/v1/explain}: why a slot is shown or not, now or at an instant in the past. */
@RestController
@Tag(name = "Explain", description = "Why slots are shown or not")
public class ExplainEndpoint {

    private final SlotExplanations why;
    private final Explanations explanations;
    private final Clock clock;

    ExplainEndpoint(SlotExplanations why, Explanations explanations, Clock clock) {
        this.why = why;
        this.explanations = explanations;
        this.clock = clock;
    }

    /**
     * @param explainableSince the earliest {@code asOf}
     * @param shown how many of the slots a search finds
     */
    public record Document(
            String subject,
            Instant asOf,
            Instant explainableSince,
            SettingsThen settings,
            List<SourceThen> sources,
            long shown,
            List<ExplainedSlot> slots) {}

    public record SettingsThen(
            boolean vendorSlotsHidden,
            boolean participates,
            boolean emergencyReorientation,
            @Nullable Instant since) {}

    /**
     * @param vendor trial, live or paused; null for the agenda and for vendors that had left
     * @param ageSeconds of the last complete answer
     * @param delivery the latest stored answer
     * @param rejectedOfNobody its rejected entries whose subject cannot be determined
     */
    public record SourceThen(
            String source,
            @Nullable String vendor,
            SourceFreshness standing,
            @Nullable Instant confirmedAt,
            @Nullable Long ageSeconds,
            @Nullable Instant failedAt,
            @Nullable String trouble,
            @Nullable String detail,
            @Nullable UUID delivery,
            int rejectedOfNobody) {}

    @GetMapping("/api/v1/explain")
    @Operation(
            summary = "Every candidate slot known in a window, with the rule that shows or hides it and since when",
            description = "Fates are a closed list. With asOf: what a search returned at that instant, within "
                    + "hub.index.changes-kept.")
    public Document explain(
            @Parameter(
                            description =
                                    "RPPS, ADELI, FINESS or SIRET, with or without prefix; or the id of a PractitionerRole or Location")
                    @RequestParam
                    String practitioner,
            @Parameter(description = "Earliest start, such as 2026-06-12T08:00:00+02:00") @RequestParam String from,
            @Parameter(description = "Latest start") @RequestParam String to,
            @Parameter(description = "Instant in the past; now if omitted") @RequestParam(required = false) @Nullable
                    String asOf) {
        String[] idAndPlace = practitioner.split("-", 2);
        Subject subject = SubjectParameter.parse(idAndPlace[0]);
        SlotExplanations.Answer answer = why.explain(subject, window(from, to), asOf(asOf));
        List<ExplainedSlot> slots = idAndPlace.length == 1
                ? answer.slots()
                : answer.slots().stream()
                        .filter(slot -> slot.place() != null
                                && Availability.idOf(slot.place()).equals(idAndPlace[1]))
                        .toList();
        Explanation explanation = answer.explanation();
        return new Document(
                subject.value(),
                explanation.at(),
                explanations.earliest(),
                new SettingsThen(
                        explanation.settings().vendorSlotsHidden(),
                        explanation.settings().participates(),
                        explanation.settings().emergencyReorientation(),
                        explanation.settingsSince()),
                explanation.statements().stream()
                        .map(statement -> source(statement, explanation.at(), answer.answers()))
                        .toList(),
                slots.stream()
                        .flatMap(slot -> slot.shownAs().stream())
                        .map(ExplainedSlot.ShownSlot::id)
                        .distinct()
                        .count(),
                slots);
    }

    private static Window window(String from, String to) {
        Instant begin = InstantParameter.parse("from", from);
        Instant end = InstantParameter.parse("to", to);
        if (end.isBefore(begin)) {
            throw new InvalidInput("to", "must not be before from", "La fin ne peut pas être avant le début.");
        }
        return new Window(begin, end);
    }

    private @Nullable Instant asOf(@Nullable String text) {
        Instant at = InstantParameter.parseOrNull("asOf", text);
        if (at == null) {
            return null;
        }
        Instant earliest = explanations.earliest();
        if (at.isBefore(earliest)) {
            throw new InvalidInput(
                    "asOf",
                    "must not be before " + earliest + ": older answers are no longer known",
                    "Les réponses d'avant le " + earliest + " sont oubliées : choisissez un instant plus récent.");
        }
        if (at.isAfter(clock.instant())) {
            throw new InvalidInput("asOf", "must not be in the future", "Cet instant ne peut pas être dans le futur.");
        }
        return at;
    }

    private static SourceThen source(
            Explanation.SourceStatement statement, Instant at, List<LatestVendorAnswers.Answer> answers) {
        SourceStatus said = statement.status();
        LatestVendorAnswers.Answer latest = answers.stream()
                .filter(answer -> answer.delivery().source().equals(said.source()))
                .findFirst()
                .orElse(null);
        return new SourceThen(
                said.source().name(),
                statement.vendor(),
                statement.freshness(),
                said.confirmedAt(),
                said.confirmedAt() == null
                        ? null
                        : Duration.between(said.confirmedAt(), at).toSeconds(),
                said.failedAt(),
                said.trouble() == null ? null : said.trouble().kind().name().toLowerCase(java.util.Locale.ROOT),
                said.trouble() == null ? null : said.trouble().detail(),
                latest == null ? null : latest.delivery().id(),
                latest == null ? 0 : latest.nobodys());
    }
}
