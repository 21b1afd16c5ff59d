package fr.sas.hub.delegation;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Wording;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the parts of an address. */
final class AddressParts {

    private static final String STATES =
            Arrays.stream(Delegation.State.values()).map(Delegation.State::code).collect(Collectors.joining(", "));

    private AddressParts() {}

    static PractitionerId practitioner(String text) {
        return PractitionerId.parse(text)
                .orElseThrow(() -> new NotFound("There is no practitioner " + text, "Ce professionnel n'existe pas."));
    }

    static StructureId facility(String text) {
        return StructureId.parse(text)
                .orElseThrow(() -> new NotFound("There is no facility " + text, "Cette structure n'existe pas."));
    }

    static UUID delegation(String text) {
        return id(text, "There is no delegation ", "Cette délégation n'existe pas.");
    }

    static UUID manager(String text) {
        return id(text, "There is no manager ", "Ce gestionnaire n'existe pas.");
    }

    static UUID accountManager(String text) {
        return id(text, "There is no account manager ", "Ce gestionnaire de comptes n'existe pas.");
    }

    private static UUID id(String text, String english, String french) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound(english + text, french);
        }
    }

    static @Nullable UUID after(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(
                    "after",
                    "must be next from the previous page",
                    "Cette suite de liste n'existe pas : reprenez la liste depuis le début.");
        }
    }

    static Delegation.@Nullable State state(@Nullable String word) {
        return word == null
                ? null
                : Delegation.State.named(word)
                        .orElseThrow(() -> new InvalidInput(
                                "state",
                                "must be one of " + STATES,
                                "Choisissez les délégations demandées, acceptées, refusées ou révoquées."));
    }

    /**
     * The e-mail address to list by; null for all. Delegates and managers see only their own, whether they pass it or
     * not.
     */
    static @Nullable EmailAddress own(Permission matter, String parameter, @Nullable String text) {
        EmailAddress asked = text == null
                ? null
                : EmailAddress.parse(text).orElseThrow(() -> new InvalidInput(parameter, EmailAddress.RULE));
        Person person = Caller.current().map(Caller::person).orElse(null);
        if (person == null || person.kind() == Person.Kind.ACCOUNT_MANAGER) {
            return asked;
        }
        EmailAddress own = new EmailAddress(person.id());
        if (asked != null && !asked.equals(own)) {
            throw new MissingRight(
                    matter.right(Permission.Extent.READ),
                    new Wording(
                            "A " + person.kind().code() + " may read only their own",
                            "Vous ne pouvez lire que ce qui vous concerne."));
        }
        return own;
    }
}
