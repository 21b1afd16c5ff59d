package fr.sas.hub.connector;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.Source;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How it goes with each vendor, and which descriptors were refused. */
@RestController
@RequestMapping("/api/v1/connectors")
@Tag(name = "Connectors", description = "Vendors: states, refused descriptors, rejections")
class ConnectorsEndpoint {

    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private final VendorLines lines;
    private final Targets targets;
    private final Descriptors descriptors;
    private final Overrides overrides;
    private final Doubts doubts;
    private final Clock clock;

    ConnectorsEndpoint(
            VendorLines lines, Targets targets, Descriptors descriptors, Overrides overrides, Doubts doubts, Clock clock) {
        this.lines = lines;
        this.targets = targets;
        this.descriptors = descriptors;
        this.overrides = overrides;
        this.doubts = doubts;
        this.clock = clock;
    }

    /** @param refused descriptors that were not taken; a vendor whose last good one is in force is among the vendors too */
    record Connectors(List<VendorState> vendors, List<Descriptors.Refusal> refused) {}

    @GetMapping
    @Operation(
            summary = "Every vendor as this node sees it, and the descriptors that were refused, with line and reason")
    Connectors list() {
        Map<Source, Targets.Count> counts = counts();
        List<VendorState> states = lines.list().stream()
                .map(line -> state(line, counts))
                .sorted(Comparator.comparing(VendorState::vendor))
                .toList();
        return new Connectors(states, descriptors.refusals());
    }

    @GetMapping("/{id}")
    @Operation(summary = "One vendor as this node sees it")
    VendorState one(@Parameter(description = "The vendor's id, as its descriptor is named") @PathVariable String id) {
        return lines.list().stream()
                .filter(line -> line.descriptor.source().name().equals(id))
                .findFirst()
                .map(line -> state(line, counts()))
                .orElseThrow(() -> new NotFound("There is no vendor " + id, "Il n'y a pas d'éditeur " + id));
    }

    private Map<Source, Targets.Count> counts() {
        return targets.counts(clock.instant().minus(OVERDUE));
    }

    private VendorState state(VendorLine line, Map<Source, Targets.Count> counts) {
        Source source = line.descriptor.source();
        return VendorState.of(
                line,
                counts.getOrDefault(source, Targets.Count.NONE),
                new VendorState.Said(
                        overrides.all().getOrDefault(source, Overrides.Kept.NOTHING).status(),
                        doubts.all().get(source)),
                clock);
    }
}
