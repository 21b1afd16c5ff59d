package fr.sas.hub.delegation;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Person;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the parts of an address mean. */
final class Asked {

    private Asked() {}

    static PractitionerId practitioner(String text) {
        return PractitionerId.parse(text).orElseThrow(() -> new NotFound("There is no practitioner " + text));
    }

    static StructureId facility(String text) {
        return StructureId.parse(text).orElseThrow(() -> new NotFound("There is no facility " + text));
    }

    static UUID delegation(String text) {
        return id(text, "There is no delegation ");
    }

    static UUID manager(String text) {
        return id(text, "There is no manager ");
    }

    private static UUID id(String text, String missing) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new NotFound(missing + text);
        }
    }

    static @Nullable UUID after(@Nullable String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw invalid("after", "is the next of the page before");
        }
    }

    static Delegation.@Nullable State state(@Nullable String word) {
        return word == null
                ? null
                : Delegation.State.named(word)
                        .orElseThrow(() -> invalid(
                                "state",
                                "is one of "
                                        + Arrays.stream(Delegation.State.values())
                                                .map(Delegation.State::word)
                                                .collect(Collectors.joining(", "))));
    }

    /**
     * The e-mail address whose things are asked about; null for everybody's. Delegates and managers see their own, whether
     * they say so or not.
     */
    static @Nullable EmailAddress own(Matter matter, String parameter, @Nullable String text) {
        EmailAddress asked =
                text == null ? null : EmailAddress.parse(text).orElseThrow(() -> invalid(parameter, EmailAddress.RULE));
        Person person = Caller.current().map(Caller::person).orElse(null);
        if (person == null || person.kind() == Person.Kind.ACCOUNT_MANAGER) {
            return asked;
        }
        EmailAddress own = new EmailAddress(person.id());
        if (asked != null && !asked.equals(own)) {
            throw new MissingRight(
                    matter.right(Matter.Extent.READ), "A " + person.kind().word() + " reads their own only");
        }
        return own;
    }

    private static InvalidInput invalid(String parameter, String rule) {
        return new InvalidInput(List.of(new InvalidInput.Fault(parameter, rule)));
    }
}
