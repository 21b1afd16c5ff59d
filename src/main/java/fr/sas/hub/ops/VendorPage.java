package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.health.VendorLevers;
import fr.sas.hub.health.VendorState;
import fr.sas.hub.health.VendorStates;
import fr.sas.hub.intake.Scorecards;
import fr.sas.hub.replay.DeliveriesEndpoint;
import fr.sas.hub.replay.DeliverySearch;
import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * {@code /ops/vendors/{id}}: the state of one vendor, the reasons for it, and what can be done; the JSON API says the
 * same.
 */
@Controller
@RequestMapping("/ops/vendors/{id}")
class VendorPage {

    private static final int DAYS = 7;
    private static final int DELIVERIES = 30;

    private final VendorStates states;
    private final Overview overview;
    private final VendorLevers levers;
    private final Scorecards scorecards;
    private final DeliveriesEndpoint deliveries;
    private final Clock clock;

    VendorPage(
            VendorStates states,
            Overview overview,
            VendorLevers levers,
            Scorecards scorecards,
            DeliveriesEndpoint deliveries,
            Clock clock) {
        this.states = states;
        this.overview = overview;
        this.levers = levers;
        this.scorecards = scorecards;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    @GetMapping
    String page(@PathVariable String id, DeliveryFilter filter, Model model) {
        VendorState state = state(id);
        model.addAttribute("row", overview.row(state, clock.instant()));
        model.addAttribute(
                "declared", levers.descriptor(VendorParameter.parse(id)).orElse(""));
        model.addAttribute("done", levers.done(VendorParameter.parse(id)));
        model.addAttribute("scorecard", scorecards.of(VendorParameter.parse(id), DAYS));
        model.addAttribute("filter", filter);
        try {
            DeliverySearch.DeliveryList found = deliveries.list(
                    id,
                    filter.practitioner(),
                    filter.fromInstant(),
                    filter.toInstant(),
                    filter.code(),
                    filter.outcome(),
                    filter.before(),
                    DELIVERIES);
            model.addAttribute("deliveries", found.deliveries());
            model.addAttribute("older", found.next() == null ? null : filter.after(id, found.next()));
        } catch (InvalidInput e) {
            model.addAttribute("faults", ConsoleFaults.of(e));
        } catch (NotFound e) {
            model.addAttribute("faults", ConsoleFaults.of(e));
        }
        return "ops/vendor";
    }

    @PostMapping("/{action:pause|resume|ask-now|trial|live|forget-breaker}")
    String perform(
            @PathVariable String id,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String reason,
            Principal by,
            Model model) {
        try {
            levers.perform(VendorParameter.parse(id), action, List.of(), by.getName(), reason);
            return "redirect:/ops/vendors/" + id;
        } catch (InvalidInput e) {
            model.addAttribute("refused", ConsoleFaults.of(e));
            return page(id, DeliveryFilter.NONE, model);
        }
    }

    @GetMapping("/deliveries/{delivery}")
    String delivery(@PathVariable String id, @PathVariable UUID delivery, Model model) {
        model.addAttribute("vendor", id);
        model.addAttribute("whole", deliveries.one(id, delivery));
        return "ops/delivery";
    }

    /** Byte for byte as received, as a download. */
    @GetMapping(path = "/deliveries/{delivery}/pages/{number}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    ResponseEntity<byte[]> body(@PathVariable String id, @PathVariable UUID delivery, @PathVariable int number) {
        String file = id + "-" + delivery + "-" + number + ".json";
        return ResponseEntity.ok()
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment().filename(file).build().toString())
                .body(deliveries.page(id, delivery, number));
    }

    private VendorState state(String id) {
        return states.find(VendorParameter.parse(id)).orElseThrow(() -> VendorParameter.unknown(id));
    }
}
