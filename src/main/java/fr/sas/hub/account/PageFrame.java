package fr.sas.hub.account;

import com.github.f4b6a3.uuid.UuidCreator;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.time.Clock;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/**
 * What the layout of every page for people needs: its language, the text size, and who is signed in. A page may add
 * {@code back}, the target of « Retour ». A form that creates something, or changes
 * an agenda, sends {@code formKey} back as {@code cle}.
 */
@ControllerAdvice({"fr.sas.hub.account", "fr.sas.hub.space", "fr.sas.hub.help"})
class PageFrame {

    private final Visitors visitors;
    private final Clock clock;

    PageFrame(Visitors visitors, Clock clock) {
        this.visitors = visitors;
        this.clock = clock;
    }

    @ModelAttribute
    void add(Model model, Locale language, @Nullable Authentication known, HttpServletRequest request) {
        if (known != null && known.getPrincipal() instanceof SignedIn) {
            HttpSession session = request.getSession(false);
            if (session != null && request.getAttribute(Visitors.VISITOR) == null) {
                visitors.find(known, session).ifPresent(visitor -> request.setAttribute(Visitors.VISITOR, visitor));
            }
        }
        model.addAttribute("formKey", UuidCreator.getTimeOrderedEpoch(clock.instant()));
        model.addAllAttributes(of(request, language, known != null && known.getPrincipal() instanceof SignedIn));
    }

    /** Also for pages that are not rendered by a handler. */
    static Map<String, Object> of(HttpServletRequest request, Locale language, boolean signedIn) {
        Map<String, Object> frame = new HashMap<>();
        frame.put("language", language.getLanguage());
        frame.put("signedIn", signedIn);
        frame.put("size", ReadingChoices.size(request));
        frame.put("path", request.getRequestURI());
        int size = ReadingChoices.SIZES.indexOf(ReadingChoices.size(request));
        frame.put("larger", sized(request, Math.min(size + 1, ReadingChoices.SIZES.size() - 1)));
        frame.put("smaller", sized(request, Math.max(size - 1, 0)));
        Locale other = language.getLanguage().equals(Locale.FRENCH.getLanguage()) ? Locale.ENGLISH : Locale.FRENCH;
        frame.put("otherLanguage", ReadingChoices.here(request, ReadingChoices.LANGUAGE, other.getLanguage()));
        if (signedIn && request.getAttribute(Visitors.VISITOR) instanceof Visitor visitor) {
            frame.put("visitor", visitor);
        }
        return frame;
    }

    private static String sized(HttpServletRequest request, int size) {
        return ReadingChoices.here(request, ReadingChoices.SIZE, ReadingChoices.SIZES.get(size));
    }
}
