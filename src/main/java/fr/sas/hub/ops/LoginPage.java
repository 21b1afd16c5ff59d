package fr.sas.hub.ops;

import fr.sas.hub.access.Role;
import fr.sas.hub.access.door.ConsoleCookie;
import fr.sas.hub.access.door.ConsoleVisitors;
import fr.sas.hub.access.door.TokenCheck;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.server.ResponseStatusException;

/** {@code /ops/login}: people sign in; in an emergency a token with role ops is exchanged for the console's cookie. */
@Controller
@RequestMapping("/ops")
class LoginPage {

    private final TokenCheck tokens;
    private final ConsoleVisitors visitors;

    LoginPage(TokenCheck tokens, ConsoleVisitors visitors) {
        this.tokens = tokens;
        this.visitors = visitors;
    }

    @ModelAttribute
    void add(Model model) {
        model.addAttribute("byToken", tokens.isOpen());
        model.addAttribute("bySignIn", visitors.isSetUp() ? ConsoleVisitors.DOOR : null);
    }

    @GetMapping("/login")
    String ask() {
        return "ops/login";
    }

    @PostMapping("/login")
    String enter(
            @RequestParam(defaultValue = "") String token,
            HttpServletRequest request,
            HttpServletResponse response,
            Model model) {
        if (!tokens.isOpen()) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        String refused = switch (tokens.check(token.strip(), request)) {
            case TokenCheck.Checked.TokenOwner of -> of.caller().role() == Role.OPS ? "" : "role";
            case TokenCheck.Checked.Unknown unknown -> "unknown";
            case TokenCheck.Checked.NotNow notNow -> "slow";
        };
        if (!refused.isEmpty()) {
            response.setStatus(refused.equals("slow") ? 429 : HttpServletResponse.SC_UNAUTHORIZED);
            model.addAttribute("refused", refused);
            return "ops/login";
        }
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ConsoleCookie.holding(token.strip(), request.isSecure()).toString());
        return "redirect:/ops";
    }

    /**
     * Somebody who signed in through the provider is sent on to it by a page of ours, because browsers do not let a form
     * lead to another site.
     */
    @PostMapping("/logout")
    String leave(HttpServletRequest request, HttpServletResponse response, Model model) {
        Optional<String> provider = visitors.leave(request, response);
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ConsoleCookie.forgotten(request.isSecure()).toString());
        if (provider.isEmpty()) {
            return "redirect:/ops/login";
        }
        response.setHeader("Refresh", "0; url=" + provider.get());
        model.addAttribute("next", provider.get());
        return "ops/leaving";
    }
}
