package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Wording;
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
            String kind = person.kind().word();
            throw new MissingRight(
                    right,
                    new Wording(
                                    "A " + kind + " has not the right " + right + ": ",
                                    "Un " + kind + " n'a pas le droit " + right + " : ")
                            .then(whose(matter, extent)));
        }
        if (subject != null && matter != Matter.DIRECTORY && !isTied(person, subject)) {
            throw new MissingRight(
                    right,
                    new Wording(
                                    person + " has not the right " + right + " for " + subject.value() + ": ",
                                    person + " n'a pas le droit " + right + " pour " + subject.value() + " : ")
                            .then(tie(person.kind())));
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

    private static Wording tie(Person.Kind kind) {
        return switch (kind) {
            case PRACTITIONER ->
                new Wording("practitioners act for themselves", "les praticiens agissent pour eux-mêmes");
            case DELEGATE -> new Wording("there is no accepted delegation", "il n'y a pas de délégation acceptée");
            case FACILITY_MANAGER ->
                new Wording(
                        "managers act for the facilities they were named for",
                        "les gestionnaires agissent pour les structures dont ils ont été chargés");
            case ACCOUNT_MANAGER ->
                new Wording("account managers act for everybody", "les gestionnaires de comptes agissent pour tous");
        };
    }

    private static Wording whose(Matter matter, Extent extent) {
        String kinds = Arrays.stream(Person.Kind.values())
                .filter(kind -> matter.of(kind).compareTo(extent) >= 0)
                .map(Person.Kind::word)
                .collect(Collectors.joining(", "));
        return kinds.isEmpty()
                ? new Wording("no person has it, the platform only", "aucune personne ne l'a, seulement la plateforme")
                : new Wording("it belongs to " + kinds, "il appartient à " + kinds);
    }
}
