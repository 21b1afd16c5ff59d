package fr.sas.hub.rule;

/** Rules about a Slot itself: its times, codes and booking page. */
public enum SlotRule implements Rule {
    STATUS_MISSING(
            RuleTopic.CARDINALITIES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "Slot.status is present; send \"free\"",
            "Slot.status est présent ; envoyer « free »",
            "{\"resourceType\": \"Slot\", \"status\": \"free\"}",
            "{\"resourceType\": \"Slot\", \"status\": null}"),
    NOT_FREE(
            RuleTopic.CODES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "Slot.status is \"free\": only free slots are requested",
            "Le statut du créneau est « free » : seuls les créneaux libres sont demandés",
            "{\"resourceType\": \"Slot\", \"status\": \"free\"}",
            "{\"resourceType\": \"Slot\", \"status\": \"busy\"}"),
    TIME_MISSING(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "Slot.start and Slot.end are present and not empty",
            "Slot.start et Slot.end sont présents et non vides",
            "{\"resourceType\": \"Slot\", \"end\": \"2026-06-12T10:15:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"end\": null}"),
    TIME_UNREADABLE(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "Slot.start and Slot.end are FHIR instants such as 2026-06-12T16:40:00.000+02:00",
            "Slot.start et Slot.end sont des instants FHIR tels que 2026-06-12T16:40:00.000+02:00",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T10:00:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"start\": \"12/06/2026 10:00\"}"),
    TIME_WITHOUT_OFFSET(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "Instants have an offset, without which they are ambiguous; append +02:00 or +01:00",
            "Les instants ont un décalage horaire, sinon personne ne sait quand ils sont ; ajouter +02:00 ou +01:00",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T10:00:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T10:00:00.000\"}"),
    TIME_DOES_NOT_EXIST(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "A local time exists at the place: clocks skip an hour in March (vendors with the quirk times-without-zone)",
            "Une heure locale existe à cet endroit : les horloges sautent une heure en mars (éditeurs avec la tolérance times-without-zone)",
            "\"start\": \"2027-03-28T03:30:00\"",
            "\"start\": \"2027-03-28T02:30:00\""),
    TIME_FORM(
            RuleTopic.DATES,
            Severity.TOLERATED,
            GuidePage.SLOT,
            "Instants are written with milliseconds and a numeric offset, never Z",
            "Les instants sont écrits avec les millisecondes et un décalage numérique, jamais Z",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T10:00:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T08:00:00Z\"}"),
    OFFSET_OF_ANOTHER_SEASON(
            RuleTopic.DATES,
            Severity.TOLERATED,
            GuidePage.SLOT,
            "The offset is the place's offset at that time of year",
            "Le décalage horaire est celui du lieu à cette période de l'année",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T10:00:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T09:00:00.000+01:00\"}"),
    ENDS_BEFORE_IT_STARTS(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "Slot.end is after Slot.start",
            "Slot.end est après Slot.start",
            "{\"resourceType\": \"Slot\", \"end\": \"2026-06-12T10:15:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"end\": \"2026-06-12T09:45:00.000+02:00\"}"),
    TOO_LONG(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "A slot is one appointment: at most 24 hours",
            "Un créneau est un rendez-vous : 24 heures au plus",
            "{\"resourceType\": \"Slot\", \"end\": \"2026-06-12T10:15:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"end\": \"2026-06-14T10:15:00.000+02:00\"}"),
    PAST(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SEARCH,
            "A slot is not over when the answer is given",
            "Un créneau n'est pas terminé quand la réponse est donnée",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T10:00:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-11T10:00:00.000+02:00\", \"end\": \"2026-06-11T10:15:00.000+02:00\"}"),
    OUTSIDE_WINDOW(
            RuleTopic.DATES,
            Severity.REJECTED,
            GuidePage.SEARCH,
            "A slot starts within the requested window (parameters start=ge… and start=le…)",
            "Un créneau commence dans la fenêtre demandée (paramètres start=ge… et start=le…)",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-12T10:00:00.000+02:00\"}",
            "{\"resourceType\": \"Slot\", \"start\": \"2026-06-20T10:00:00.000+02:00\", \"end\": \"2026-06-20T10:15:00.000+02:00\"}"),
    NO_AUDIENCE(
            RuleTopic.CODES,
            Severity.WITHHELD,
            GuidePage.SLOT,
            "Slot.meta.security states who may see the slot; without an audience it is reserved for the practice's own patients and not shown",
            "Slot.meta.security dit à qui le créneau est ouvert ; sans type il est réservé à la patientèle et n'est pas affiché",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PUBLIC\"}]}}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": null}}"),
    UNKNOWN_AUDIENCE(
            RuleTopic.CODES,
            Severity.REJECTED,
            GuidePage.SLOT,
            "The slot's audiences are codes of TRE_R314: PUBLIC, PRO, SNP, CPTS",
            "Les types de créneau sont de la TRE_R314 : PUBLIC, PRO, SNP, CPTS",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PUBLIC\"}, {\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PRO\"}]}}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PATIENTS\"}]}}"),
    AUDIENCE_SYSTEM(
            RuleTopic.CODES,
            Severity.TOLERATED,
            GuidePage.SLOT,
            "The system of audiences is written in full: https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau",
            "Le système des types de créneau est écrit en entier : https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PRO\"}]}}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau\", \"code\": \"PRO\"}]}}"),
    UNKNOWN_CODE(
            RuleTopic.CODES,
            Severity.NOTED,
            GuidePage.SLOT,
            "Codes are those of the guide: AMB, HH, VR for serviceType; ROUTINE, WALKIN for appointmentType; others are ignored",
            "Les codes sont ceux du guide : AMB, HH, VR pour serviceType ; ROUTINE, WALKIN pour appointmentType ; les autres ne sont pas retenus",
            "{\"resourceType\": \"Slot\", \"serviceType\": [{\"coding\": [{\"system\": \"http://terminology.hl7.org/CodeSystem/v3-ActCode\", \"code\": \"VR\"}]}]}",
            "{\"resourceType\": \"Slot\", \"serviceType\": [{\"coding\": [{\"system\": \"http://terminology.hl7.org/CodeSystem/v3-ActCode\", \"code\": \"IMP\"}]}]}"),
    BAD_URL(
            RuleTopic.CODES,
            Severity.NOTED,
            GuidePage.SLOT,
            "Slot.comment is the http or https address of the booking page, and nothing else",
            "Slot.comment est l'adresse http ou https de la page de réservation, et rien d'autre",
            "{\"resourceType\": \"Slot\", \"comment\": \"https://rdv.example/p/12?creneau=34\"}",
            "{\"resourceType\": \"Slot\", \"comment\": \"Appeler le cabinet\"}");

    private final Demand demand;

    SlotRule(
            RuleTopic topic,
            Severity severity,
            GuidePage page,
            String english,
            String french,
            String passes,
            String fails) {
        this.demand = new Demand(topic, severity, page, english, french, passes, fails);
    }

    @Override
    public Demand demand() {
        return demand;
    }
}
