package fr.sas.hub.access;

import fr.sas.hub.slot.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Who calls: a configured client, by token or certificate, and the person for whom it does.
 *
 * @param vendor the vendor it speaks for; null for every other role
 * @param writesBookings whether it books slots and ranges of agendas
 * @param person null when the client calls for itself, as the platform does
 */
public record Caller(
        String id,
        Role role,
        @Nullable Source vendor,
        boolean writesBookings,
        @Nullable Person person) implements Principal {

    private static final String PAGES = "espace";
    private static final String ACTING = Caller.class.getName();

    /** Who calls in the request that this thread serves; empty outside of requests, where the hub acts by itself. */
    public static Optional<Caller> current() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof Caller caller ? Optional.of(caller) : ofPage();
    }

    /** For the rest of this request of a page, the hub's own pages call for this person. */
    public static void actFor(HttpServletRequest page, Person person) {
        page.setAttribute(ACTING, new Caller(PAGES, Role.PORTAL, null, false, person));
    }

    private static Optional<Caller> ofPage() {
        RequestAttributes request = RequestContextHolder.getRequestAttributes();
        return request != null && request.getAttribute(ACTING, RequestAttributes.SCOPE_REQUEST) instanceof Caller page
                ? Optional.of(page)
                : Optional.empty();
    }

    @Override
    public String getName() {
        return id;
    }
}
