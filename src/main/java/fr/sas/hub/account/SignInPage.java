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

/** {@code /connexion}: both ways to sign in (guides 002 and 003, 1.1), and why somebody was not let in. */
@Controller
class SignInPage {

    static final String PATH = "/connexion";

    /** The word for whatever the provider or the code flow stumbled over. */
    static final String FAILED = "echec";

    /** The word for a provider that does not answer. */
    static final String SILENT = "silence";

    /** The word for a session that ended however busy it was. */
    static final String OVER = "fin-de-session";

    /** Leads to the provider. */
    static final String LEAVE = PATH + "/aller";

    private static final String AGAIN_AFTER = "10";

    /** Where who signed out here is shown on to the provider; the address stands in {@link #NEXT}. */
    static final String LEAVING = PATH + "/depart";

    static final String NEXT = SignInPage.class.getName() + ".next";

    private static final Set<String> WITH_WORDS =
            Set.of(SignIns.Refusal.CLOSED.word(), SignIns.Refusal.OTHER_PRACTITIONER.word(), OVER);

    private static final String REFUSED = PATH + "/refus";

    private final IdentityProvider provider;
    private final SignInSettings settings;

    SignInPage(IdentityProvider provider, SignInSettings settings) {
        this.provider = provider;
        this.settings = settings;
    }

    /** The page that says why. @param word of a refusal, or {@link #FAILED} */
    static String refused(String word) {
        return REFUSED + "?motif=" + word;
    }

    @GetMapping(PATH)
    String ask(Model model) {
        model.addAttribute("setUp", provider.isSetUp());
        model.addAttribute("passwords", settings.passwords());
        return "people/sign-in";
    }

    /** Asks the provider first whether it is there: what it does not answer is told on a page of ours. */
    @GetMapping(LEAVE)
    String leave(
            @RequestParam(name = BrokerHint.BY, defaultValue = "") String by,
            HttpServletResponse response,
            Model model) {
        if (!provider.isSetUp()) {
            return ask(model);
        }
        if (!provider.answers()) {
            return tellSilence(response, model);
        }
        String way = by.equals(BrokerHint.PRO_SANTE_CONNECT) ? "?" + BrokerHint.BY + "=" + by : "";
        return "redirect:/oauth2/authorization/" + IdentityProvider.ID + way;
    }

    /** By no link: who opens it without having signed out is where they would come to anyway. */
    @RequestMapping(LEAVING)
    String leave(HttpServletRequest request, HttpServletResponse response, Model model) {
        if (!(request.getAttribute(NEXT) instanceof String next)) {
            return "redirect:" + PATH;
        }
        response.setHeader("Refresh", "0; url=" + next);
        model.addAttribute("next", next);
        return "people/leaving";
    }

    /** An unknown word is told as a failure. */
    @GetMapping(REFUSED)
    String tell(
            @RequestParam(name = "motif", defaultValue = FAILED) @Nullable String word,
            HttpServletResponse response,
            Model model) {
        if (SILENT.equals(word)) {
            return tellSilence(response, model);
        }
        if (SignIns.Refusal.NO_PLACE.word().equals(word)) {
            return "people/no-place";
        }
        model.addAttribute("refused", word != null && WITH_WORDS.contains(word) ? word : FAILED);
        return ask(model);
    }

    private String tellSilence(HttpServletResponse response, Model model) {
        response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
        response.setHeader(HttpHeaders.RETRY_AFTER, AGAIN_AFTER);
        model.addAttribute("silent", true);
        return ask(model);
    }
}
