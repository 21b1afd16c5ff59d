package fr.sas.hub.ops;

import fr.sas.hub.access.NotFound;
import fr.sas.hub.directory.Loads;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * {@code /ops/annuaire}: which national extractions were loaded, and which parts of them were skipped (guides 002 and
 * 003, 1.1).
 */
@Controller
@RequestMapping("/ops/annuaire")
class DirectoryLoadsPage {

    private final Loads loads;

    DirectoryLoadsPage(Loads loads) {
        this.loads = loads;
    }

    @GetMapping
    String list(Model model) {
        model.addAttribute("loads", loads.list());
        return "ops/loads";
    }

    @GetMapping("/{load:\\d+}")
    String one(@PathVariable long load, Model model) {
        model.addAttribute(
                "load",
                loads.find(load)
                        .orElseThrow(() -> new NotFound("There is no load " + load, "Ce chargement n'existe pas.")));
        return "ops/load";
    }
}
