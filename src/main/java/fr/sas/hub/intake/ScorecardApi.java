package fr.sas.hub.intake;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.connector.Vendors;
import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.slot.Source;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Which rules a vendor's live answers break: one line per rule, the worst first. */
@RestController
@Tag(name = "Connectors")
class ScorecardApi {

    private static final int MOST_DAYS = 90;

    private final Rejections rejections;
    private final Vendors vendors;

    ScorecardApi(Rejections rejections, Vendors vendors) {
        this.rejections = rejections;
        this.vendors = vendors;
    }

    /**
     * @param deliveries answers that were read
     * @param judged of them, held against every rule: all of a vendor on trial, the latest each minute of a live one.
     *     Rules of severity tolerated are counted in these only
     */
    record Scorecard(String vendor, int days, long deliveries, long judged, Slots slots, List<Line> broken) {}

    record Slots(long accepted, long withheld, long rejected) {}

    /** @param phrase the sentence in French */
    record Line(
            String rule,
            Severity severity,
            long count,
            Instant lastSeen,
            String sentence,
            String phrase,
            String page,
            String pageUrl,
            Example example) {}

    record Example(String path, String sentence, String phrase, String excerpt) {}

    @GetMapping("/api/v1/connectors/{id}/scorecard")
    @Operation(
            summary = "Which rules of the guide a vendor's answers break: how often, when last, with an example",
            description = "The same rules as in rejections and checks, the worst first. A vendor reads its own.")
    Scorecard scorecard(
            @Parameter(description = "The vendor's id, as its descriptor is named") @PathVariable String id,
            @Parameter(description = "How many days back to count, today included") @RequestParam(defaultValue = "7")
                    int days) {
        int span = Math.clamp(days, 1, MOST_DAYS);
        if (!id.matches("[a-z0-9][a-z0-9-]{0,62}") || isUnknown(new Source(id), span)) {
            throw new NotFound("There is no vendor " + id, "Il n'y a pas d'éditeur " + id);
        }
        Source source = new Source(id);
        Tally.Volume volume = rejections.volume(source, span);
        return new Scorecard(
                id,
                span,
                volume.deliveries(),
                volume.judged(),
                new Slots(volume.accepted(), volume.withheld(), volume.rejected()),
                lines(rejections.counts(source, span)));
    }

    private boolean isUnknown(Source source, int days) {
        return vendors.find(source).isEmpty() && rejections.volume(source, days).deliveries() == 0;
    }

    /** One per rule: the days together, with the latest day's example. */
    private static List<Line> lines(List<Rejections.Count> newestFirst) {
        Map<Rule, Line> lines = new LinkedHashMap<>();
        newestFirst.forEach(count -> lines.merge(count.code(), line(count), ScorecardApi::add));
        return lines.values().stream()
                .sorted(Comparator.comparing(Line::severity).thenComparing(Line::count, Comparator.reverseOrder()))
                .toList();
    }

    private static Line line(Rejections.Count count) {
        Rule.Demand demand = count.code().demand();
        return new Line(
                count.code().id(),
                demand.severity(),
                count.count(),
                count.lastSeen(),
                demand.english(),
                demand.french(),
                demand.page().title(),
                demand.page().url(),
                new Example(count.path(), count.sentence(), count.sentenceInFrench(), count.excerpt()));
    }

    private static Line add(Line newer, Line older) {
        return new Line(
                newer.rule(),
                newer.severity(),
                newer.count() + older.count(),
                newer.lastSeen(),
                newer.sentence(),
                newer.phrase(),
                newer.page(),
                newer.pageUrl(),
                newer.example());
    }
}
