package fr.sas.hub.participation;

import fr.sas.hub.access.InvalidInput.Fault;
import fr.sas.hub.access.Wording;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.participation.Settings.Through;
import java.util.List;
import java.util.Objects;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * The guide's rules for settings (DOMAIN §5). Those about participation apply when the practitioner participates:
 * someone who only refuses to be shown answers nothing else. The emergency reorientation package has no condition.
 */
final class SettingsRules {

    /** @param sentence follows the field's name in English */
    private record Rule(String field, Wording sentence, BiPredicate<Settings, KnownReferences> brokenBy) {

        static Rule of(String field, Wording sentence, Predicate<Settings> brokenBy) {
            return new Rule(field, sentence, (settings, known) -> brokenBy.test(settings));
        }
    }

    private static final List<Rule> RULES = List.of(
            participatesThroughSomething(),
            participatesThroughNoHealthCentre(),
            namesTheStructure(),
            namesAKnownStructure(),
            namesAStructureOfThatKind(),
            namesOwnPlaces(),
            answersWhetherSoftwareIsUsed(),
            namesAVendorWhenSoftwareIsUsed(),
            namesNoVendorWithoutSoftware(),
            namesKnownVendors(),
            declaresTwoHoursWhenSlotsDoNotShow());

    /** What was filled in as a form, whose one required question (guide 003, 2.2) the API leaves open (docs/decisions/0082). */
    private static final List<Rule> RULES_OF_THE_FORM = RULES.stream()
            .map(rule -> rule.field.equals("usesBookingSoftware") ? answersTheQuestionOfTheForm() : rule)
            .toList();

    private SettingsRules() {}

    static List<Fault> faultsOf(Settings settings, KnownReferences known) {
        return faults(RULES, settings, known);
    }

    static List<Fault> faultsOfForm(Settings settings, KnownReferences known) {
        return faults(RULES_OF_THE_FORM, settings, known);
    }

    private static List<Fault> faults(List<Rule> rules, Settings settings, KnownReferences known) {
        return rules.stream()
                .filter(rule -> rule.brokenBy.test(settings, known))
                .map(rule -> new Fault(rule.field, rule.sentence))
                .toList();
    }

    private static Rule participatesThroughSomething() {
        return Rule.of(
                "participatesThrough",
                new Wording(
                        "is required when the practitioner participates: practice, cpts, msp or sos",
                        "Pour participer au SAS, choisissez à titre individuel, via votre CPTS, via votre MSP ou via"
                                + " votre association SOS Médecins.",
                        "To participate in the SAS, choose whether you do so individually, or through your"
                                + " CPTS, your MSP or your SOS Médecins association."),
                settings -> settings.participates() && settings.participatesThrough() == null);
    }

    private static Rule participatesThroughNoHealthCentre() {
        return Rule.of(
                "participatesThrough",
                new Wording(
                        "must not be cds: a health centre participates for its salaried doctors by its own settings",
                        "Un centre de santé participe pour ses médecins salariés : c'est lui qui l'indique dans ses"
                                + " paramètres.",
                        "A health centre participates for its salaried doctors: this is set in its own settings."),
                settings -> settings.participatesThrough() == Through.CDS);
    }

    private static Rule namesTheStructure() {
        return Rule.of(
                "structure",
                new Wording(
                        "is required when the practitioner participates through a CPTS, an MSP or SOS Médecins",
                        "Sélectionnez dans la liste le nom de la CPTS, de la MSP ou de l'association SOS Médecins.",
                        "Select the name of the CPTS, MSP or SOS Médecins association from the list."),
                settings -> participatesThroughAStructure(settings) && settings.structure() == null);
    }

    private static Rule namesAKnownStructure() {
        return new Rule(
                "structure",
                new Wording(
                        "is not known to the directory",
                        "Cette structure n'est pas connue de l'annuaire.",
                        "This structure is not known to the directory."),
                (settings, known) -> settings.structure() != null && !known.structure());
    }

    private static Rule namesAStructureOfThatKind() {
        return new Rule(
                "structure",
                new Wording(
                        "is of a kind other than participatesThrough",
                        "Cette structure n'est pas du type choisi (CPTS, MSP ou association SOS Médecins).",
                        "This structure is not of the kind chosen (CPTS, MSP or SOS Médecins association)."),
                (settings, known) -> participatesThroughAStructure(settings)
                        && settings.structure() != null
                        && known.kind() != null
                        && known.kind() != kindOf(Objects.requireNonNull(settings.participatesThrough())));
    }

    private static Facility.Kind kindOf(Through through) {
        return switch (through) {
            case PRACTICE -> Facility.Kind.PRACTICE;
            case CPTS -> Facility.Kind.CPTS;
            case MSP -> Facility.Kind.MSP;
            case SOS -> Facility.Kind.SOS;
            case CDS -> Facility.Kind.CDS;
        };
    }

    private static Rule namesOwnPlaces() {
        return new Rule(
                "practiceLocations",
                new Wording(
                        "must name only places where the practitioner works, by the directory's ids",
                        "L'un de ces lieux n'est pas un lieu d'exercice connu de l'annuaire.",
                        "One of these locations is not a practice location known to the directory."),
                (settings, known) -> !known.places().containsAll(settings.practiceLocations()));
    }

    private static Rule answersWhetherSoftwareIsUsed() {
        return Rule.of(
                "usesBookingSoftware",
                new Wording(
                        "must be answered when the practitioner participates",
                        "Indiquez si vous utilisez une solution de prise de rendez-vous.",
                        "State whether you use booking software."),
                settings -> settings.participates()
                        && !participatesThrough(settings, Through.SOS)
                        && settings.usesBookingSoftware() == null);
    }

    /** The form asks everyone except those who participate through SOS Médecins, and marks the question as required. */
    private static Rule answersTheQuestionOfTheForm() {
        return Rule.of(
                "usesBookingSoftware",
                new Wording(
                        "must be answered, unless the practitioner participates through SOS Médecins",
                        "Indiquez si vous utilisez une solution de prise de rendez-vous.",
                        "State whether you use booking software."),
                settings -> !participatesThrough(settings, Through.SOS) && settings.usesBookingSoftware() == null);
    }

    private static Rule namesAVendorWhenSoftwareIsUsed() {
        return Rule.of(
                "vendors",
                new Wording(
                        "must name at least one vendor when booking software is used",
                        "Indiquez au moins un logiciel de gestion de rendez-vous.",
                        "Name at least one booking system."),
                settings -> Boolean.TRUE.equals(settings.usesBookingSoftware())
                        && settings.vendors().isEmpty());
    }

    private static Rule namesNoVendorWithoutSoftware() {
        return Rule.of(
                "vendors",
                new Wording(
                        "must be empty when no booking software is used",
                        "N'indiquez pas de logiciel si vous n'utilisez pas de solution de prise de rendez-vous.",
                        "Name no booking system if you do not use booking software."),
                settings -> Boolean.FALSE.equals(settings.usesBookingSoftware())
                        && !settings.vendors().isEmpty());
    }

    private static Rule namesKnownVendors() {
        return new Rule(
                "vendors",
                new Wording(
                        "must name only vendors on the list",
                        "Ce logiciel de gestion de rendez-vous n'est pas dans la liste.",
                        "This booking system is not on the list."),
                (settings, known) -> !known.vendors().containsAll(settings.vendors()));
    }

    private static Rule declaresTwoHoursWhenSlotsDoNotShow() {
        return Rule.of(
                "declaresTwoHours",
                new Wording(
                        "is required without booking software, or when its slots are not to be shown",
                        "Déclarez mettre en visibilité deux heures de disponibilité par semaine : sans créneaux"
                                + " affichés d'un logiciel, c'est nécessaire pour participer.",
                        "Declare two hours of visible availability a week: without slots shown from booking"
                                + " software, participation requires it."),
                settings -> settings.participates()
                        && !participatesThrough(settings, Through.SOS)
                        && (Boolean.FALSE.equals(settings.usesBookingSoftware()) || settings.vendorSlotsHidden())
                        && !settings.declaresTwoHours());
    }

    private static boolean participatesThrough(Settings settings, Through through) {
        return settings.participates() && settings.participatesThrough() == through;
    }

    private static boolean participatesThroughAStructure(Settings settings) {
        return settings.participates()
                && settings.participatesThrough() != null
                && settings.participatesThrough() != Through.PRACTICE;
    }
}
