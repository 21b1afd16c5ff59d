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

/** What the parts of an address mean. */
final class Asked {

    private static final String STATES =
            Arrays.stream(Delegation.State.values()).map(Delegation.State::word).collect(Collectors.joining(", "));

    private Asked() {}

    static PractitionerId practitioner(String text) {
        return PractitionerId.parse(text)
                .orElseThrow(
                        () -> new NotFound("There is no practitioner " + text, "Il n'y a pas de praticien " + text));
    }

    static StructureId facility(String text) {
        return StructureId.parse(text)
                .orElseThrow(() -> new NotFound("There is no facility " + text, "Il n'y a pas de structure " + text));
    }

    static UUID delegation(String text) {
        return id(text, new Wording("There is no delegation ", "Il n'y a pas de délégation "));
    }

    static UUID manager(String text) {
        return id(text, new Wording("There is no manager ", "Il n'y a pas de gestionnaire "));
    }

    private static UUID id(String text, Wording missing) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound(missing.then(new Wording(text, text)));
        }
    }

    static @Nullable UUID after(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("after", "is the next of the page before", "est le next de la page précédente");
        }
    }

    static Delegation.@Nullable State state(@Nullable String word) {
        return word == null
                ? null
                : Delegation.State.named(word)
                        .orElseThrow(() -> new InvalidInput("state", "is one of " + STATES, "est l'un de " + STATES));
    }

    /**
     * The e-mail address whose things are asked about; null for everybody's. Delegates and managers see their own, whether
     * they say so or not.
     */
    static @Nullable EmailAddress own(Matter matter, String parameter, @Nullable String text) {
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
                    matter.right(Matter.Extent.READ),
                    new Wording(
                            "A " + person.kind().word() + " reads their own only",
                            "Un " + person.kind().word() + " ne lit que les siennes"));
        }
        return own;
    }
}
