package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.connector.VendorLevers;
import fr.sas.hub.connector.VendorState;
import fr.sas.hub.connector.VendorStates;
import fr.sas.hub.intake.Rejections;
import fr.sas.hub.slot.Source;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /ops/vendors/{id}}: why it goes as it goes with one vendor, and what can be done; the JSON API says the same. */
@Controller
@RequestMapping("/ops/vendors/{id}")
class VendorPage {

    private static final int DAYS = 7;
    private static final int DELIVERIES = 30;

    private final VendorStates states;
    private final Overview overview;
    private final VendorLevers levers;
    private final Rejections rejections;
    private final DeliveriesEndpoint deliveries;
    private final ReplayEndpoint replays;
    private final Clock clock;

    VendorPage(
            VendorStates states,
            Overview overview,
            VendorLevers levers,
            Rejections rejections,
            DeliveriesEndpoint deliveries,
            ReplayEndpoint replays,
            Clock clock) {
        this.states = states;
        this.overview = overview;
        this.levers = levers;
        this.rejections = rejections;
        this.deliveries = deliveries;
        this.replays = replays;
        this.clock = clock;
    }

    @GetMapping
    String page(
            @PathVariable String id,
            @RequestParam(defaultValue = "") String practitioner,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String outcome,
            Locale language,
            Model model) {
        VendorState state = state(id);
        model.addAttribute("row", overview.row(state, clock.instant()));
        model.addAttribute("declared", levers.descriptor(source(id)).orElse(""));
        model.addAttribute("done", levers.done(source(id)));
        model.addAttribute("broken", rejections.counts(source(id), DAYS));
        model.addAttribute("practitioner", practitioner);
        model.addAttribute("code", code);
        model.addAttribute("outcome", outcome);
        try {
            model.addAttribute(
                    "deliveries",
                    deliveries
                            .list(id, some(practitioner), null, null, some(code), some(outcome), null, DELIVERIES)
                            .deliveries());
        } catch (InvalidInput e) {
            model.addAttribute("faults", ExplainPage.said(e.faults(), language));
        } catch (NotFound e) {
            model.addAttribute("faults", List.of(e.what().in(language)));
        }
        return "ops/vendor";
    }

    @PostMapping("/{action:pause|resume|ask-now|trial|live|forget-breaker}")
    String act(
            @PathVariable String id,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String reason,
            Principal by,
            Locale language,
            Model model) {
        try {
            levers.act(source(id), action, List.of(), by.getName(), reason);
            return "redirect:/ops/vendors/" + id;
        } catch (InvalidInput e) {
            model.addAttribute("refused", ExplainPage.said(e.faults(), language));
            return page(id, "", "", "", language, model);
        }
    }

    @GetMapping("/deliveries/{delivery}")
    String delivery(@PathVariable String id, @PathVariable UUID delivery, Model model) {
        model.addAttribute("vendor", id);
        model.addAttribute("whole", deliveries.one(id, delivery));
        return "ops/delivery";
    }

    /** First as a rehearsal that shows the difference, then, from that page, for real. */
    @PostMapping("/deliveries/{delivery}/replay")
    String replay(
            @PathVariable String id,
            @PathVariable UUID delivery,
            @RequestParam(defaultValue = "true") boolean dryRun,
            @RequestParam(defaultValue = "") String reason,
            Locale language,
            Model model) {
        try {
            model.addAttribute("replay", replays.one(id, delivery, new ReplayEndpoint.One(dryRun, reason)));
        } catch (InvalidInput e) {
            model.addAttribute("faults", ExplainPage.said(e.faults(), language));
        }
        return delivery(id, delivery, model);
    }

    private VendorState state(String id) {
        return states.find(source(id))
                .orElseThrow(() -> new NotFound("There is no vendor " + id, "Il n'y a pas d'éditeur " + id));
    }

    private static Source source(String id) {
        try {
            return new Source(id);
        } catch (IllegalArgumentException e) {
            throw new NotFound("There is no vendor " + id, "Il n'y a pas d'éditeur " + id);
        }
    }

    private static @Nullable String some(String text) {
        return text.isBlank() ? null : text.strip();
    }
}
