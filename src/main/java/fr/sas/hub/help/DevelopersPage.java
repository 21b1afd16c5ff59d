package fr.sas.hub.help;

import fr.sas.hub.vendor.Vendors;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** {@code /developpeurs}: says what is running here. It is open to everyone, so it says nothing more. */
@Controller
class DevelopersPage {

    private final Vendors vendors;

    DevelopersPage(Vendors vendors) {
        this.vendors = vendors;
    }

    @GetMapping("/developpeurs")
    String show(Model model) {
        model.addAttribute("vendors", vendors.list());
        return "people/developers";
    }
}
