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
 * Who is calling: a configured client, identified by token or certificate, and the person it calls for.
 *
 * @param vendor the vendor that the client belongs to; null for every other role
 * @param writesBookings whether it may book slots and ranges of agendas
 * @param person null when the client calls for itself, as the platform does
 */
public record Caller(
        String id,
        Role role,
        @Nullable Source vendor,
        boolean writesBookings,
        @Nullable Person person) implements Principal {

    /** A node that calls itself while it warms up ({@code access.door.OwnToken}); nothing it asks counts as asked. */
    public static final Caller HUB = new Caller("(hub)", Role.SEARCH, null, false, null);

    private static final String PAGES = "espace";
    private static final String ACTING = Caller.class.getName();

    /** The caller of the request served by this thread; empty outside of requests, where the hub itself acts. */
    public static Optional<Caller> current() {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        return known != null && known.getPrincipal() instanceof Caller caller ? Optional.of(caller) : ofPage();
    }

    /** For the rest of this page request, the hub's own pages call for this person. */
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
