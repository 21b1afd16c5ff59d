package fr.sas.hub.intake;

import fr.sas.hub.rule.Rule;
import fr.sas.hub.rule.Severity;
import fr.sas.hub.slot.Source;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** The rules that a vendor's live answers break: one line per rule, most severe first. */
@Service
public class Scorecards {

    private final Rejections rejections;

    Scorecards(Rejections rejections) {
        this.rejections = rejections;
    }

    /**
     * @param deliveries number of answers read; each is judged by every rule
     */
    public record Scorecard(String vendor, int days, long deliveries, Slots slots, List<Line> broken) {}

    public record Slots(long accepted, long withheld, long rejected) {}

    /** @param phrase the sentence in French */
    public record Line(
            String rule,
            Severity severity,
            long count,
            Instant lastSeen,
            String sentence,
            String phrase,
            String page,
            String pageUrl,
            Example example) {}

    public record Example(String path, String sentence, String phrase, String excerpt) {}

    /** @param days how many to count, including today (Europe/Paris) */
    public Scorecard of(Source source, int days) {
        Tally.Volume volume = rejections.volume(source, days);
        return new Scorecard(
                source.name(),
                days,
                volume.deliveries(),
                new Slots(volume.accepted(), volume.withheld(), volume.rejected()),
                lines(rejections.counts(source, days)));
    }

    /** One per rule: the sum over all days, with the latest day's example. */
    private static List<Line> lines(List<Rejections.Count> newestFirst) {
        Map<Rule, Line> lines = new LinkedHashMap<>();
        newestFirst.forEach(count -> lines.merge(count.code(), line(count), Scorecards::add));
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
