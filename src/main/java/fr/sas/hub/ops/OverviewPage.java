package fr.sas.hub.ops;

import fr.sas.hub.health.VendorStates;
import java.util.Locale;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** {@code /ops}: what is wrong, in ten seconds. The page updates itself (server-sent events). */
@Controller
class OverviewPage {

    private final Overview overview;
    private final VendorStates states;
    private final LiveFragments live;

    OverviewPage(Overview overview, VendorStates states, LiveFragments live) {
        this.overview = overview;
        this.states = states;
        this.live = live;
    }

    @GetMapping("/ops")
    String page(Model model) {
        model.addAttribute("rows", overview.rows());
        model.addAttribute("tiles", overview.tiles());
        model.addAttribute("refused", states.refused());
        return "ops/overview";
    }

    /** The same contents every two seconds, in the reader's language. */
    @GetMapping("/ops/live")
    SseEmitter live(Locale language) {
        return live.open(language);
    }
}
