package fr.sas.hub.account;

import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * {@code /}, for people: what the service is, and where to sign in (guides 002 and 003, 1.1); and the footer's legal
 * pages.
 */
@Controller
class FrontPage {

    static final String PATH = "/";

    private final OperatorSettings operator;

    FrontPage(OperatorSettings operator) {
        this.operator = operator;
    }

    @GetMapping(PATH)
    String welcome() {
        return "people/welcome";
    }

    @GetMapping("/credits")
    String credits() {
        return "people/credits";
    }

    @GetMapping("/cookies")
    String cookies() {
        return "people/cookies";
    }

    @GetMapping("/mentions-legales")
    String legalNotice(Model model) {
        model.addAttribute("operator", operator);
        return "people/legal-notice";
    }

    @GetMapping("/accessibilite")
    String accessibility() {
        return "people/accessibility";
    }
}
