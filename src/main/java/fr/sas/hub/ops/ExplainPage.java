package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.explain.ExplainEndpoint;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /ops/explain}: why a slot is shown or not, now or at an instant in the past; the same as
 * {@code /api/v1/explain}.
 */
@Controller
class ExplainPage {

    private static final Duration USUAL = Duration.ofHours(72);

    private final ExplainEndpoint explain;
    private final Clock clock;

    ExplainPage(ExplainEndpoint explain, Clock clock) {
        this.explain = explain;
        this.clock = clock;
    }

    @GetMapping("/ops/explain")
    String page(
            @RequestParam(defaultValue = "") String practitioner,
            @RequestParam(defaultValue = "") String from,
            @RequestParam(defaultValue = "") String to,
            @RequestParam(defaultValue = "") String asOf,
            Model model) {
        LocalDateTime now =
                LocalDateTime.ofInstant(clock.instant(), PlaceZones.MAINLAND).truncatedTo(ChronoUnit.MINUTES);
        String begin = from.isBlank() ? now.toString() : from;
        String end = to.isBlank() ? now.plus(USUAL).toString() : to;
        model.addAttribute("practitioner", practitioner);
        model.addAttribute("from", begin);
        model.addAttribute("to", end);
        model.addAttribute("asOf", asOf);
        if (!practitioner.isBlank()) {
            try {
                model.addAttribute(
                        "answer",
                        explain.explain(
                                practitioner.strip(),
                                ConsoleParameters.onTheMainland(begin),
                                ConsoleParameters.onTheMainland(end),
                                asOf.isBlank() ? null : ConsoleParameters.onTheMainland(asOf)));
            } catch (InvalidInput e) {
                model.addAttribute("faults", ConsoleFaults.of(e));
            } catch (NotFound e) {
                model.addAttribute("faults", ConsoleFaults.of(e));
            }
        }
        return "ops/explain";
    }
}
