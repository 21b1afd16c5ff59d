package fr.sas.hub.account;

import fr.sas.hub.access.Person;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Service;

/** Who opens the pages of the personal space, asked anew for each page. */
@Service
public class Visitors {

    /** Under which name a request holds who opens it, once that is known. */
    public static final String VISITOR = "visitor";

    private static final String ACTING_AS = "acting-as";

    private final SignIns signIns;

    Visitors(SignIns signIns) {
        this.signIns = signIns;
    }

    /** @param signedIn as the doors let them in, the account open */
    public Visitor of(Authentication signedIn, HttpSession session) {
        return find(signedIn, session).orElseThrow();
    }

    /** Nobody, once the account was closed. */
    Optional<Visitor> find(Authentication signedIn, HttpSession session) {
        return signIns.open(SignedIn.accountOf(signedIn)).map(account -> {
            List<Person> persons = signIns.personsOf(account);
            return new Visitor(
                    account.id(),
                    account.name(),
                    account.family(),
                    account.given(),
                    account.email(),
                    persons,
                    account.roles(),
                    acting(persons, session));
        });
    }

    /** What of the terms of use somebody accepted last, and when. */
    public record AcceptedTerms(String version, Instant acceptedAt) {}

    /** Empty for who accepted none yet. */
    public Optional<AcceptedTerms> termsOf(Visitor visitor) {
        return signIns.open(visitor.account()).flatMap(Account::terms);
    }

    /** From now on in this session; what they may not be changes nothing. */
    public void actAs(Person.Kind kind, HttpSession session) {
        session.setAttribute(ACTING_AS, kind.name());
    }

    private static @Nullable Person acting(List<Person> persons, HttpSession session) {
        return persons.stream()
                .filter(person -> person.kind().name().equals(session.getAttribute(ACTING_AS)))
                .findFirst()
                .or(() -> persons.stream().findFirst())
                .orElse(null);
    }
}
