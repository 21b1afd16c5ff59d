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

/** {@code /conditions}: the terms of use, which everybody accepts before anything else opens (guide 001, p. 4). */
@Controller
class TermsPage {

    static final String PATH = "/conditions";

    /** Of the text in {@code templates/people/terms.html}: whoever changes what it says changes this, and all are asked anew. */
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

    /** @param version the text that was on the page: one that changed since is shown again */
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
        SavedRequest asked = PageDoors.ASKED_FOR.getRequest(request, response);
        return "redirect:" + (asked == null ? PageDoors.SPACE : asked.getRedirectUrl());
    }
}
