package fr.sas.hub.account;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.ConsoleVisitors;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.server.ResponseStatusException;

/** Whoever signs in to an account of role ops runs the hub at the console; what they do there bears their address. */
@Controller
class OpsPeople implements ConsoleVisitors {

    private final SignIns signIns;
    private final SessionLife life;
    private final IdentityProvider provider;

    OpsPeople(SignIns signIns, SessionLife life, IdentityProvider provider) {
        this.signIns = signIns;
        this.life = life;
        this.provider = provider;
    }

    /** @throws ResponseStatusException 404: nobody else is told that there is something */
    @GetMapping(DOOR)
    String open(Authentication signedIn) {
        return signIns.open(SignedIn.accountOf(signedIn))
                .filter(Account::isOps)
                .map(account -> "redirect:/ops")
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
    }

    @Override
    public Optional<Caller> find(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null
                        && session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY)
                                instanceof SecurityContext known
                        && known.getAuthentication() != null
                        && known.getAuthentication().getPrincipal() instanceof SignedIn person
                        && !life.isOver(person)
                ? signIns.open(person.account())
                        .filter(account -> account.isOps() && account.accepted(TermsPage.VERSION))
                        .map(OpsPeople::caller)
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
    public void leave(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
    }
}
