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
 * Checks every request of a person who is signed in: their session ends in time, and on every node once the account is
 * closed, and no page opens until the current terms of use have been accepted (guide 001, p. 4).
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
            response.sendRedirect(SignInPage.refused(SignIns.Refusal.CLOSED.code()));
        } else if (!account.get().accepted(TermsPage.VERSION)
                && !request.getRequestURI().equals(TermsPage.PATH)) {
            PageSecurity.ASKED_FOR.saveRequest(request, response);
            response.sendRedirect(TermsPage.PATH);
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isOpenToAll(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.startsWith(SignInPage.PATH)
                || path.equals(PageSecurity.SIGN_OUT)
                || PageSecurity.isOpenToAll(request);
    }

    private static void end(HttpServletRequest request) {
        SecurityContextHolder.clearContext();
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
