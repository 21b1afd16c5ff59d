package fr.sas.hub.account;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.door.ConsoleVisitors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/**
 * People whose account has the role ops can use the console after signing in; what they do there is recorded with their
 * address.
 */
@Controller
class OpsPeople implements ConsoleVisitors {

    private final SignIns signIns;
    private final SessionLife life;
    private final IdentityProvider provider;
    private final WayOut wayOut;

    OpsPeople(SignIns signIns, SessionLife life, IdentityProvider provider, WayOut wayOut) {
        this.wayOut = wayOut;
        this.signIns = signIns;
        this.life = life;
        this.provider = provider;
    }

    /** @throws ResponseStatusException 404 for everyone else, so as not to reveal that there is something here */
    @GetMapping(DOOR)
    String open(Authentication signedIn) {
        return signIns.open(SignedIn.accountOf(signedIn))
                .filter(Account::isOps)
                .map(account -> "redirect:/ops")
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @Override
    public Optional<Caller> find(HttpServletRequest request) {
        return signedIn(request)
                .map(Authentication::getPrincipal)
                .filter(SignedIn.class::isInstance)
                .map(SignedIn.class::cast)
                .filter(person -> !life.isOver(person))
                .flatMap(person -> signIns.open(person.account()))
                .filter(account -> account.isOps() && account.accepted(TermsPage.VERSION))
                .map(OpsPeople::caller);
    }

    private static Optional<Authentication> signedIn(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                        && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                                instanceof SecurityContext known
                ? Optional.ofNullable(known.getAuthentication())
                : Optional.empty();
    }

    private static Caller caller(Account account) {
        EmailAddress email = account.email();
        return new Caller(email == null ? account.id().toString() : email.value(), Role.OPS, null, false, null);
    }

    @Override
    public boolean isSetUp() {
        return provider.isSetUp();
    }

    @Override
    public Optional<String> leave(HttpServletRequest request, HttpServletResponse response) {
        Optional<Authentication> signedIn = signedIn(request);
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        return signedIn.flatMap(person -> wayOut.find(request, response, person));
    }
}
