package fr.sas.hub.ops;

import fr.sas.hub.outbox.OutboxLevers;
import java.security.Principal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /ops/outbox}: what waits for others, what is dead, and the levers. */
@Controller
@RequestMapping("/ops/outbox")
class OutboxPage {

    private final OutboxLevers levers;

    OutboxPage(OutboxLevers levers) {
        this.levers = levers;
    }

    @GetMapping
    String page(Model model) {
        model.addAttribute("destinations", levers.standings());
        return "ops/outbox";
    }

    @PostMapping("/{destination}/stop")
    String stop(@PathVariable String destination, @RequestParam String reason, Principal by) {
        levers.stop(destination, by.getName(), reason);
        return "redirect:/ops/outbox";
    }

    @PostMapping("/{destination}/start")
    String start(@PathVariable String destination, @RequestParam String reason, Principal by) {
        levers.start(destination, by.getName(), reason);
        return "redirect:/ops/outbox";
    }

    @PostMapping("/{destination}/send-again")
    String sendAgain(@PathVariable String destination, @RequestParam String reason, Principal by) {
        levers.sendAgain(destination, by.getName(), reason);
        return "redirect:/ops/outbox";
    }
}
