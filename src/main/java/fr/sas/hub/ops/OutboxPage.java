package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.outbox.DestinationAction;
import fr.sas.hub.outbox.DestinationStatus;
import fr.sas.hub.outbox.OutboxLevers;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /ops/outbox}: what is waiting to be sent, what is dead-lettered, and the levers. */
@Controller
@RequestMapping("/ops/outbox")
class OutboxPage {

    private static final int LATEST = 10;

    private final OutboxLevers levers;

    OutboxPage(OutboxLevers levers) {
        this.levers = levers;
    }

    @GetMapping
    String page(Model model) {
        List<DestinationStatus> destinations = levers.statuses();
        model.addAttribute("destinations", destinations);
        model.addAttribute("done", done(destinations));
        return "ops/outbox";
    }

    @PostMapping("/{destination}/{action:stop|start|send-again}")
    String perform(
            @PathVariable String destination,
            @PathVariable String action,
            @RequestParam(defaultValue = "") String reason,
            Principal by,
            Model model) {
        try {
            switch (action) {
                case "stop" -> levers.stop(destination, by.getName(), reason);
                case "start" -> levers.start(destination, by.getName(), reason);
                default -> levers.sendAgain(destination, by.getName(), reason);
            }
            return "redirect:/ops/outbox";
        } catch (InvalidInput e) {
            model.addAttribute("faults", ConsoleFaults.of(e));
            return page(model);
        }
    }

    /** By destination; those without actions are omitted. */
    private Map<String, List<DestinationAction>> done(List<DestinationStatus> destinations) {
        Map<String, List<DestinationAction>> done = new TreeMap<>();
        for (DestinationStatus one : destinations) {
            List<DestinationAction> latest =
                    levers.actions(one.destination()).stream().limit(LATEST).toList();
            if (!latest.isEmpty()) {
                done.put(one.destination(), latest);
            }
        }
        return done;
    }
}
