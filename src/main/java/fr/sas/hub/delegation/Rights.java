package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.Person;
import fr.sas.hub.delegation.Matter.Extent;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides whether an acting person may do something: their kind must have the right ({@link Matter}), and they must be tied
 * to whom it is about. Asked in every request, and nothing is remembered: a revoked delegation ends at once, on every node.
 */
@Component
class Rights {

    private final Delegations delegations;
    private final Managers managers;

    Rights(Delegations delegations, Managers managers) {
        this.delegations = delegations;
        this.managers = managers;
    }

    /**
     * @param subject whom it is about; null when it is about nobody in particular
     * @throws MissingRight says which right is missing, and who has it
     */
    void check(Person person, Matter matter, Extent extent, @Nullable Subject subject) {
        String right = matter.right(extent);
        if (matter.of(person.kind()).compareTo(extent) < 0) {
            throw new MissingRight(
                    right, "A " + person.kind().word() + " has not the right " + right + ": " + whose(matter, extent));
        }
        if (subject != null && matter != Matter.DIRECTORY && !isTied(person, subject)) {
            throw new MissingRight(
                    right,
                    person + " has not the right " + right + " for " + subject.value() + ": " + tie(person.kind()));
        }
    }

    private boolean isTied(Person person, Subject subject) {
        return switch (person.kind()) {
            case PRACTITIONER ->
                subject instanceof PractitionerId id && id.value().equals(person.id());
            case DELEGATE ->
                subject instanceof PractitionerId id && delegations.isDelegate(new EmailAddress(person.id()), id);
            case FACILITY_MANAGER ->
                subject instanceof StructureId id && managers.isManager(new EmailAddress(person.id()), id);
            case ACCOUNT_MANAGER -> true;
        };
    }

    private static String tie(Person.Kind kind) {
        return switch (kind) {
            case PRACTITIONER -> "practitioners act for themselves";
            case DELEGATE -> "there is no accepted delegation";
            case FACILITY_MANAGER -> "managers act for the facilities they were named for";
            case ACCOUNT_MANAGER -> "account managers act for everybody";
        };
    }

    private static String whose(Matter matter, Extent extent) {
        String kinds = Arrays.stream(Person.Kind.values())
                .filter(kind -> matter.of(kind).compareTo(extent) >= 0)
                .map(Person.Kind::word)
                .collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "no person has it, the platform only" : "it belongs to " + kinds;
    }
}
