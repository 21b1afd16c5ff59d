package fr.sas.hub.account;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Optional;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Stands before every page of who signed in: a session ends in time, an account that was closed has none any more, on
 * whichever node, and nothing opens before the terms of use in force are accepted (guide 001, p. 4).
 */
class AccountGate extends OncePerRequestFilter {

    private final SignIns signIns;
    private final SessionLife life;

    AccountGate(SignIns signIns, SessionLife life) {
        this.signIns = signIns;
        this.life = life;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication known = SecurityContextHolder.getContext().getAuthentication();
        if (known == null || !(known.getPrincipal() instanceof SignedIn person) || isOpenToAll(request)) {
            chain.doFilter(request, response);
            return;
        }
        if (life.isOver(person)) {
            end(request);
            if (request.getMethod().equals("POST")) {
                PeopleErrors.refuseLate(request, response);
            } else {
                response.sendRedirect(SignInPage.refused(SignInPage.OVER));
            }
            return;
        }
        Optional<Account> account = signIns.open(person.account());
        if (account.isEmpty()) {
            end(request);
            response.sendRedirect(SignInPage.refused(SignIns.Refusal.CLOSED.word()));
        } else if (!account.get().accepted(TermsPage.VERSION)
                && !request.getRequestURI().equals(TermsPage.PATH)) {
            PageDoors.ASKED_FOR.saveRequest(request, response);
            response.sendRedirect(TermsPage.PATH);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isOpenToAll(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith(SignInPage.PATH) || path.equals(PageDoors.SIGN_OUT) || PageDoors.isOpenToAll(request);
    }

    private static void end(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
