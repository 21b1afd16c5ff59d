package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.replay.ReplayEndpoint;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/**
 * Replays of one delivery, of a selection or of all failed since an instant: first a rehearsal that shows the
 * difference; from that page, with a reason, exactly what was rehearsed is done for real.
 */
@Controller
class ReplayPage {

    private final ReplayEndpoint replays;

    ReplayPage(ReplayEndpoint replays) {
        this.replays = replays;
    }

    /**
     * @param deliveries the selection; null with {@code failedSince}
     * @param failedSince in the time zone of mainland France
     */
    @PostMapping("/ops/vendors/{id}/replay")
    String replay(
            @PathVariable String id,
            @RequestParam(name = "delivery", required = false) @Nullable List<UUID> deliveries,
            @RequestParam(required = false) @Nullable String failedSince,
            @RequestParam(defaultValue = "true") boolean dryRun,
            @RequestParam(defaultValue = "") String reason,
            Model model) {
        model.addAttribute("vendor", id);
        try {
            model.addAttribute("replay", replays.several(id, request(deliveries, failedSince, dryRun, reason)));
        } catch (InvalidInput e) {
            model.addAttribute("faults", ConsoleFaults.of(e));
            model.addAttribute("again", dryRun ? null : deliveries);
        } catch (NotFound e) {
            model.addAttribute("faults", ConsoleFaults.of(e));
        }
        return "ops/replay";
    }

    private static ReplayEndpoint.BulkReplayRequest request(
            @Nullable List<UUID> deliveries, @Nullable String failedSince, boolean dryRun, String reason) {
        if (failedSince != null) {
            return new ReplayEndpoint.BulkReplayRequest(
                    dryRun, reason, null, ConsoleParameters.onTheMainland(failedSince));
        }
        if (deliveries == null) {
            throw new InvalidInput(
                    "deliveries", "must be selected, at least one", "Choisissez au moins une livraison.");
        }
        return new ReplayEndpoint.BulkReplayRequest(dryRun, reason, deliveries, null);
    }
}
