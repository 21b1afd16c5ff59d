package fr.sas.hub.ops;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.ConsoleCookie;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.TokenCheck;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** {@code /ops/login}: a token of role ops, exchanged for the console's cookie. */
@Controller
@RequestMapping("/ops")
class LoginPage {

    private final TokenCheck tokens;

    LoginPage(TokenCheck tokens) {
        this.tokens = tokens;
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
        Optional<Caller> caller = tokens.callerOf(token.strip());
        if (caller.isEmpty() || caller.get().role() != Role.OPS) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            model.addAttribute("refused", caller.isEmpty() ? "unknown" : "role");
            return "ops/login";
        }
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ConsoleCookie.holding(token.strip(), request.isSecure()).toString());
        return "redirect:/ops";
    }

    @PostMapping("/logout")
    String leave(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader(
                HttpHeaders.SET_COOKIE,
                ConsoleCookie.forgotten(request.isSecure()).toString());
        return "redirect:/ops/login";
    }
}
