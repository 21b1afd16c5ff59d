package fr.sas.hub.access;

import fr.sas.hub.slot.PractitionerId;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The person on whose behalf a client calls, as named by {@code X-Acting-Person}: a kind, a space, and a practitioner's
 * national id or an e-mail address (docs/decisions/0014).
 *
 * @param id a practitioner's national id; an e-mail address for everyone else
 */
public record Person(Kind kind, String id) {

    /** The header that names them. */
    public static final String HEADER = "X-Acting-Person";

    /** The message for an invalid header. */
    public static final Wording RULE = rule();

    public enum Kind {
        /** Acts for themselves. */
        PRACTITIONER("practitioner"),
        /** Acts for the practitioners and health centres that appointed them. */
        DELEGATE("delegate"),
        /** Acts for the facilities they manage. */
        FACILITY_MANAGER("manager"),
        /** Decides on delegations and appoints facility managers, within their territory. */
        ACCOUNT_MANAGER("account-manager");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** As written in the header, the history and documents. */
        public String code() {
            return code;
        }
    }

    /** Empty when it is malformed. */
    public static Optional<Person> parse(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.strip().split(" +", 2);
        return parts.length < 2
                ? Optional.empty()
                : Arrays.stream(Kind.values())
                        .filter(kind -> kind.code.equals(parts[0]))
                        .findFirst()
                        .flatMap(kind -> idOf(kind, parts[1]).map(id -> new Person(kind, id)));
    }

    private static Optional<String> idOf(Kind kind, String text) {
        return kind == Kind.PRACTITIONER
                ? PractitionerId.parse(text).map(PractitionerId::value)
                : EmailAddress.parse(text).map(EmailAddress::value);
    }

    private static Wording rule() {
        String kinds = Arrays.stream(Kind.values()).map(Kind::code).collect(Collectors.joining(", "));
        String examples = "'practitioner 899900000007', 'delegate alice.durand@exemple.fr'";
        return new Wording(
                HEADER + " is a kind of person (" + kinds + "), a space, and the national id of a practitioner or the"
                        + " e-mail address of anybody else; once, such as " + examples,
                "La personne pour laquelle la demande est faite n'est pas indiquée comme il faut.");
    }

    @Override
    public String toString() {
        return kind.code + " " + id;
    }
}
