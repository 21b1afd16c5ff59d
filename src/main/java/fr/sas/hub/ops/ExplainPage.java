package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /ops/explain}: why a slot is shown or not, now or at an instant of the past; what {@code /api/v1/explain} says. */
@Controller
class ExplainPage {

    private static final ZoneId MAINLAND = ZoneId.of("Europe/Paris");
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
            Locale language,
            Model model) {
        LocalDateTime now = LocalDateTime.ofInstant(clock.instant(), MAINLAND).truncatedTo(ChronoUnit.MINUTES);
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
                                instant(begin),
                                instant(end),
                                asOf.isBlank() ? null : instant(asOf)));
            } catch (InvalidInput e) {
                model.addAttribute("faults", said(e.faults(), language));
            } catch (NotFound e) {
                model.addAttribute("faults", List.of(e.what().in(language)));
            }
        }
        return "ops/explain";
    }

    /** What browsers send of {@code datetime-local} is meant on the clock of mainland France. */
    private static String instant(String text) {
        try {
            Instant meant = LocalDateTime.parse(text).atZone(MAINLAND).toInstant();
            return meant.toString();
        } catch (DateTimeException e) {
            return text;
        }
    }

    static List<String> said(List<InvalidInput.Fault> faults, Locale language) {
        return faults.stream()
                .map(fault -> fault.field() + " " + fault.rule().in(language))
                .toList();
    }
}
