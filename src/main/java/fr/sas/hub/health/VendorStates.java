package fr.sas.hub.health;

import fr.sas.hub.asking.PollTargets;
import fr.sas.hub.asking.VendorRoutes;
import fr.sas.hub.line.VendorLine;
import fr.sas.hub.line.VendorLines;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Descriptors;
import fr.sas.hub.vendor.GhostSuspicions;
import fr.sas.hub.vendor.Overrides;
import fr.sas.hub.vendor.RefusedDescriptor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The state of every vendor, as seen by this node, and the descriptors that were refused. */
@Component
public class VendorStates {

    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private final VendorLines lines;
    private final VendorRoutes routes;
    private final PollTargets targets;
    private final Descriptors descriptors;
    private final Overrides overrides;
    private final GhostSuspicions ghostSuspicions;
    private final Clock clock;

    VendorStates(
            VendorLines lines,
            VendorRoutes routes,
            PollTargets targets,
            Descriptors descriptors,
            Overrides overrides,
            GhostSuspicions ghostSuspicions,
            Clock clock) {
        this.lines = lines;
        this.routes = routes;
        this.targets = targets;
        this.descriptors = descriptors;
        this.overrides = overrides;
        this.ghostSuspicions = ghostSuspicions;
        this.clock = clock;
    }

    /** By id. */
    public List<VendorState> list() {
        return states(counts(), overrides.all(), ghostSuspicions.all());
    }

    /** The same without querying the database: no counts, no operators' overrides, no ghosts. */
    public List<VendorState> remembered() {
        return states(Map.of(), Map.of(), Map.of());
    }

    public Optional<VendorState> find(Source source) {
        return lines.find(source).map(line -> state(line, counts(), overrides.all(), ghostSuspicions.all()));
    }

    /**
     * When each vendor last answered well; vendors without a good answer are omitted. Cheap: from this node's memory.
     */
    public Map<Source, Instant> lastGoodAnswers() {
        Map<Source, Instant> answers = new HashMap<>();
        lines.list().forEach(line -> {
            Instant good = line.outcome().goodAt();
            if (good != null) {
                answers.put(line.descriptor().source(), good);
            }
        });
        return answers;
    }

    /** Descriptors that were refused; if the last good one of a vendor is in force, it is also listed under vendors. */
    public List<RefusedDescriptor> refused() {
        return descriptors.refusals();
    }

    private Map<Source, PollTargets.Count> counts() {
        return targets.counts(clock.instant().minus(OVERDUE));
    }

    private List<VendorState> states(
            Map<Source, PollTargets.Count> counts,
            Map<Source, Overrides.VendorOverrides> said,
            Map<Source, GhostSuspicions.Ghosts> ghosts) {
        return lines.list().stream()
                .map(line -> state(line, counts, said, ghosts))
                .sorted(Comparator.comparing(VendorState::vendor))
                .toList();
    }

    private VendorState state(
            VendorLine line,
            Map<Source, PollTargets.Count> counts,
            Map<Source, Overrides.VendorOverrides> said,
            Map<Source, GhostSuspicions.Ghosts> ghosts) {
        Source source = line.descriptor().source();
        return VendorState.of(
                line,
                counts.getOrDefault(source, PollTargets.Count.NONE),
                new VendorState.StoredState(
                        said.getOrDefault(source, Overrides.VendorOverrides.NOTHING)
                                .status(),
                        ghosts.get(source)),
                routes.gaveUp(source),
                clock);
    }
}
