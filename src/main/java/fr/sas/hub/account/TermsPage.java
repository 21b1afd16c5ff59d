package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /conditions}: the terms of use, which everyone must accept before anything else opens (guide 001, p. 4). */
@Controller
class TermsPage {

    static final String PATH = "/conditions";

    /**
     * The version of {@code templates/people/terms.html}: change it whenever the text changes, and everyone is asked
     * again.
     */
    static final String VERSION = "2026-11-28";

    private final SignIns signIns;

    TermsPage(SignIns signIns) {
        this.signIns = signIns;
    }

    @GetMapping(PATH)
    String show(@Nullable Authentication person, Model model) {
        model.addAttribute("version", VERSION);
        if (person != null && person.getPrincipal() instanceof SignedIn signedIn) {
            model.addAttribute(
                    "accepted",
                    signIns.open(signedIn.account())
                            .filter(account -> account.accepted(VERSION))
                            .isPresent());
        }
        return "people/terms";
    }

    /** @param version of the text on the page: if it has changed since, the new one is shown */
    @PostMapping(PATH)
    String accept(
            @RequestParam(defaultValue = "false") boolean accepted,
            @RequestParam(defaultValue = "") String version,
            Authentication person,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!accepted || !version.equals(VERSION)) {
            model.addAttribute("missing", true);
            return show(person, model);
        }
        signIns.accept(SignedIn.accountOf(person), version);
        SavedRequest asked = PageSecurity.ASKED_FOR.getRequest(request, response);
        return "redirect:" + (asked == null ? PageSecurity.SPACE : asked.getRedirectUrl());
    }
}
