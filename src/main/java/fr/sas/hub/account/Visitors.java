package fr.sas.hub.account;

import fr.sas.hub.access.Person;
import jakarta.servlet.http.HttpSession;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Service;

/** The people who open pages of the personal space, looked up again for each page. */
@Service
public class Visitors {

    /** The request attribute with the visitor, once known. */
    public static final String VISITOR = "visitor";

    private static final String ACTING_AS = "acting-as";

    private final SignIns signIns;

    Visitors(SignIns signIns) {
        this.signIns = signIns;
    }

    /** @param signedIn a person who has passed the filters, so that their account is open */
    public Visitor of(Authentication signedIn, HttpSession session) {
        return find(signedIn, session).orElseThrow();
    }

    /** Empty once the account has been closed. */
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

    /** The version of the terms of use that a person accepted last, and when. */
    public record AcceptedTerms(String version, Instant acceptedAt) {}

    /** Empty if none have been accepted yet. */
    public Optional<AcceptedTerms> termsOf(Visitor visitor) {
        return signIns.open(visitor.account()).flatMap(Account::terms);
    }

    /** For the rest of this session; a kind that is not open to them has no effect. */
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
