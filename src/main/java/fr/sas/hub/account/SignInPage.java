package fr.sas.hub.account;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /connexion}: both ways to sign in (guides 002 and 003, 1.1), and why a person was not let in. */
@Controller
class SignInPage {

    static final String PATH = "/connexion";

    /** The code for any failure of the provider or of the code flow. */
    static final String FAILED = "echec";

    /** The code for a provider that does not answer. */
    static final String SILENT = "silence";

    /** The code for a session that reached its maximum length. */
    static final String OVER = "fin-de-session";

    /** Leads to the provider. */
    static final String LEAVE = PATH + "/aller";

    private static final String RETRY_AFTER_SECONDS = "10";

    /** From here, people who signed out are sent on to the provider; the address is in the attribute {@link #NEXT}. */
    static final String LEAVING = PATH + "/depart";

    static final String NEXT = SignInPage.class.getName() + ".next";

    private static final Set<String> WITH_TEXT =
            Set.of(SignIns.Refusal.CLOSED.code(), SignIns.Refusal.OTHER_PRACTITIONER.code(), OVER);

    private static final String REFUSED = PATH + "/refus";

    private final IdentityProvider provider;
    private final SignInSettings settings;

    SignInPage(IdentityProvider provider, SignInSettings settings) {
        this.provider = provider;
        this.settings = settings;
    }

    /** The address of the page that says why. @param word the code of a refusal, or {@link #FAILED} */
    static String refused(String word) {
        return REFUSED + "?motif=" + word;
    }

    @GetMapping(PATH)
    String ask(Model model) {
        model.addAttribute("setUp", provider.isSetUp());
        model.addAttribute("passwords", settings.passwords());
        return "people/sign-in";
    }

    /** Checks first whether the provider answers; if not, a page of the hub says so. */
    @GetMapping(LEAVE)
    String leave(
            @RequestParam(name = BrokerHint.BY, defaultValue = "") String by,
            HttpServletResponse response,
            Model model) {
        if (!provider.isSetUp()) {
            return ask(model);
        }
        if (!provider.answers()) {
            return showSilence(response, model);
        }
        String way = by.equals(BrokerHint.PRO_SANTE_CONNECT) ? "?" + BrokerHint.BY + "=" + by : "";
        return "redirect:/oauth2/authorization/" + IdentityProvider.ID + way;
    }

    /** Reached only by signing out, not by a link; anyone else is redirected to the sign-in page. */
    @RequestMapping(LEAVING)
    String leave(HttpServletRequest request, HttpServletResponse response, Model model) {
        if (!(request.getAttribute(NEXT) instanceof String next)) {
            return "redirect:" + PATH;
        }
        response.setHeader("Refresh", "0; url=" + next);
        model.addAttribute("next", next);
        return "people/leaving";
    }

    /** An unknown code is shown as a failure. */
    @GetMapping(REFUSED)
    String showRefusal(
            @RequestParam(name = "motif", defaultValue = FAILED) @Nullable String word,
            HttpServletResponse response,
            Model model) {
        if (SILENT.equals(word)) {
            return showSilence(response, model);
        }
        if (SignIns.Refusal.NO_PLACE.code().equals(word)) {
            return "people/no-place";
        }
        model.addAttribute("refused", word != null && WITH_TEXT.contains(word) ? word : FAILED);
        return ask(model);
    }

    private String showSilence(HttpServletResponse response, Model model) {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        model.addAttribute("silent", true);
        return ask(model);
    }
}
