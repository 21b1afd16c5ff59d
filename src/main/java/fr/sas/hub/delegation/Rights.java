package fr.sas.hub.delegation;

import fr.sas.hub.access.EmailAddress;
import fr.sas.hub.access.MissingRight;
import fr.sas.hub.access.Person;
import fr.sas.hub.access.Wording;
import fr.sas.hub.delegation.Permission.Extent;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Decides whether an acting person may do something: their kind must have the right ({@link Permission}), and they must be
 * tied to the subject concerned. Evaluated on every request without caching: a revoked delegation ends at once, on
 * every node.
 */
@Component
public class Rights {

    private final Delegations delegations;
    private final FacilityManagers managers;
    private final AccountManagers accountManagers;
    private final DirectorySubjects subjects;

    Rights(
            Delegations delegations,
            FacilityManagers managers,
            AccountManagers accountManagers,
            DirectorySubjects subjects) {
        this.delegations = delegations;
        this.managers = managers;
        this.accountManagers = accountManagers;
        this.subjects = subjects;
    }

    /**
     * @param subject concerned; null if none in particular
     * @throws MissingRight names the missing right and who has it
     */
    public void check(Person person, Permission matter, Extent extent, @Nullable Subject subject) {
        String right = matter.right(extent);
        if (matter.of(person.kind()).compareTo(extent) < 0) {
            throw new MissingRight(right, whose(right, person.kind(), matter, extent));
        }
        if (person.kind() == Person.Kind.ACCOUNT_MANAGER
                && territoriesOf(person).isEmpty()) {
            throw new MissingRight(
                    right,
                    new Wording(
                            person + " is not a recorded account manager",
                            "Vous n'êtes pas enregistré comme gestionnaire de comptes."));
        }
        if (subject != null && matter != Permission.DIRECTORY && !isTied(person, subject)) {
            throw new MissingRight.Elsewhere(
                    right,
                    new Wording(
                            person + " does not have the right " + right + " for " + subject.value() + ": "
                                    + missingRelation(person.kind(), subject).english(),
                            missingRelation(person.kind(), subject).french()));
        }
    }

    private boolean isTied(Person person, Subject subject) {
        return switch (person.kind()) {
            case PRACTITIONER ->
                subject instanceof PractitionerId id && id.value().equals(person.id());
            case DELEGATE -> delegations.isDelegate(new EmailAddress(person.id()), subject);
            case FACILITY_MANAGER ->
                subject instanceof StructureId id && managers.isManager(new EmailAddress(person.id()), id);
            case ACCOUNT_MANAGER -> territoriesOf(person).stream().anyMatch(where -> subjects.isIn(where, subject));
        };
    }

    private Optional<Territories> territoriesOf(Person accountManager) {
        return accountManagers.territoriesOf(new EmailAddress(accountManager.id()));
    }

    private static Wording missingRelation(Person.Kind kind, Subject subject) {
        return switch (kind) {
            case PRACTITIONER ->
                new Wording("practitioners act for themselves", "Vous ne pouvez agir que pour vous-même.");
            case DELEGATE ->
                subject instanceof StructureId
                        ? new Wording(
                                "there is no accepted delegation",
                                "Aucune délégation acceptée ne vous permet d'agir pour cette structure.")
                        : new Wording(
                                "there is no accepted delegation",
                                "Aucune délégation acceptée ne vous permet d'agir pour ce professionnel.");
            case FACILITY_MANAGER ->
                new Wording(
                        "managers act for the facilities they were named for",
                        "Vous ne pouvez agir que pour les structures dont vous êtes gestionnaire.");
            case ACCOUNT_MANAGER ->
                new Wording(
                        "account managers act for those in their territory",
                        "Vous ne pouvez agir que pour votre territoire.");
        };
    }

    private static Wording whose(String right, Person.Kind kind, Permission matter, Extent extent) {
        List<Person.Kind> allowed = Arrays.stream(Person.Kind.values())
                .filter(each -> matter.of(each).compareTo(extent) >= 0)
                .toList();
        String refused = "A " + kind.code() + " does not have the right " + right + ": ";
        return allowed.isEmpty()
                ? new Wording(
                        refused + "no person has it, only the platform",
                        "Cette action n'est ouverte à aucune personne, seulement à la plateforme.")
                : new Wording(
                        refused + "it belongs to "
                                + allowed.stream().map(Person.Kind::code).collect(Collectors.joining(", ")),
                        "Vous n'avez pas le droit d'effectuer cette action : elle est réservée aux "
                                + allowed.stream().map(Rights::inFrench).collect(Collectors.joining(" et aux ")) + ".");
    }

    private static String inFrench(Person.Kind kind) {
        return switch (kind) {
            case PRACTITIONER -> "effecteurs de soins";
            case DELEGATE -> "délégataires";
            case FACILITY_MANAGER -> "gestionnaires de structures";
            case ACCOUNT_MANAGER -> "gestionnaires de comptes";
        };
    }
}
