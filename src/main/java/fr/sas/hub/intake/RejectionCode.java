package fr.sas.hub.intake;

import org.jspecify.annotations.Nullable;

/**
 * Everything that intake finds wrong. The names are stable: counters, the API and vendors' tickets refer to them. The
 * sentences are for a vendor's developer; {@code {}} is the value in question.
 */
public enum RejectionCode {
    UNREADABLE_ENTRY(
            Severity.REJECTED,
            "This entry is not a readable FHIR R4 resource: {}",
            "Cette entrée n'est pas une ressource FHIR R4 lisible : {}"),
    ENTRY_WITHOUT_RESOURCE(
            Severity.REJECTED,
            "This entry has no resource with a resourceType",
            "Cette entrée ne contient aucune ressource avec un resourceType"),
    MODIFIER_EXTENSION(
            Severity.REJECTED,
            "A modifier extension may change the meaning of the resource and none is known: {}",
            "Une extension modificatrice peut changer le sens de la ressource et aucune n'est connue : {}"),
    DUPLICATE_ID(
            Severity.REJECTED,
            "Another resource of this answer already has the id {}; the first one was kept",
            "Une autre ressource de cette réponse porte déjà l'identifiant {} ; la première est gardée"),
    STATUS_MISSING(Severity.REJECTED, "Slot.status is missing; send \"free\"", "Slot.status manque ; envoyer « free »"),
    NOT_FREE(
            Severity.REJECTED,
            "The slot's status is \"{}\"; only \"free\" slots were asked for",
            "Le statut du créneau est « {} » ; seuls les créneaux « free » sont demandés"),
    TIME_MISSING(Severity.REJECTED, "Slot.{} is missing or empty", "Slot.{} manque ou est vide"),
    TIME_UNREADABLE(
            Severity.REJECTED,
            "This is not a FHIR instant such as 2026-06-12T16:40:00.000+02:00: {}",
            "Ce n'est pas un instant FHIR tel que 2026-06-12T16:40:00.000+02:00 : {}"),
    TIME_WITHOUT_OFFSET(
            Severity.REJECTED,
            "The instant has no offset, so nobody knows when it is; write +02:00 or +01:00 after it: {}",
            "L'instant n'a pas de décalage horaire, personne ne sait quand il est ; ajouter +02:00 ou +01:00 : {}"),
    TIME_DOES_NOT_EXIST(
            Severity.REJECTED,
            "Clocks skip this local time at the place: {}",
            "Cette heure locale n'existe pas à cet endroit, les horloges la sautent : {}"),
    ENDS_BEFORE_IT_STARTS(Severity.REJECTED, "Slot.end is not after Slot.start", "Slot.end n'est pas après Slot.start"),
    TOO_LONG(
            Severity.REJECTED,
            "The slot is longer than 24 hours; one slot is one appointment",
            "Le créneau dure plus de 24 heures ; un créneau est un rendez-vous"),
    PAST(Severity.REJECTED, "The slot is over: {}", "Le créneau est passé : {}"),
    OUTSIDE_WINDOW(
            Severity.REJECTED,
            "The slot starts outside the window asked for (parameters start=ge… and start=le…): {}",
            "Le créneau commence hors de la fenêtre demandée (paramètres start=ge… et start=le…) : {}"),
    NOT_ASKED_FOR(
            Severity.REJECTED,
            "The slot belongs to a practitioner or association that was not asked for: {}",
            "Le créneau appartient à un professionnel ou une association qui n'est pas demandé : {}"),
    NO_NATIONAL_ID(
            Severity.REJECTED,
            "No national identifier is readable in {}",
            "Aucun identifiant national lisible dans {}"),
    UNKNOWN_AUDIENCE(
            Severity.REJECTED,
            "None of the slot's audiences is known (PUBLIC, PRO, SNP, CPTS): {}",
            "Aucun des types de créneau n'est connu (PUBLIC, PRO, SNP, CPTS) : {}"),
    ORPHAN_SCHEDULE(
            Severity.REJECTED,
            "Slot.schedule refers to nothing in this answer: {}",
            "Slot.schedule ne désigne rien dans cette réponse : {}"),
    ORPHAN_ACTOR(
            Severity.REJECTED,
            "The agenda's actor refers to nothing in this answer: {}",
            "L'acteur de l'agenda ne désigne rien dans cette réponse : {}"),
    ORPHAN_ROLE(
            Severity.REJECTED,
            "The agenda's PractitionerRole is not in this answer: {}",
            "Le PractitionerRole de l'agenda n'est pas dans cette réponse : {}"),
    ORPHAN_LOCATION(
            Severity.REJECTED,
            "The Location of the agenda is not in this answer: {}",
            "La Location de l'agenda n'est pas dans cette réponse : {}"),
    ORPHAN_ORGANIZATION(
            Severity.REJECTED,
            "The Location's managing organization is not in this answer: {}",
            "L'organisation gestionnaire de la Location n'est pas dans cette réponse : {}"),
    AGENDA_INACTIVE(
            Severity.REJECTED, "The slot's Schedule is not active: {}", "L'agenda du créneau n'est pas actif : {}"),
    NO_PLACE(
            Severity.REJECTED,
            "Nothing tells where the slot takes place: neither a structure identifier nor an address in {}",
            "Rien ne dit où le créneau a lieu : ni identifiant de structure ni adresse dans {}"),
    NO_AUDIENCE(
            Severity.WITHHELD,
            "The slot has no audience in meta.security: it is reserved to the practice's own patients and not shown",
            "Le créneau n'a pas de type dans meta.security : il est réservé à la patientèle et n'est pas affiché"),
    CPTS_LEFT_OUT(
            Severity.NOTED,
            "The CPTS of this service type was left out: {}",
            "La CPTS de ce serviceType n'est pas retenue : {}"),
    CPTS_UNREADABLE(
            Severity.REJECTED,
            "The slot is for a CPTS only, and none of its CPTS is readable",
            "Le créneau est destiné à une CPTS seulement, et aucune de ses CPTS n'est lisible"),
    PHONE_LEFT_OUT(
            Severity.NOTED,
            "The phone number was left out, it is not certainly one; send +33 and nine digits",
            "Le numéro de téléphone n'est pas retenu car incertain ; envoyer +33 et neuf chiffres"),
    BAD_URL(
            Severity.NOTED,
            "Slot.comment is not the http or https address of a booking page and was left out",
            "Slot.comment n'est pas l'adresse http ou https d'une page de réservation et n'est pas retenu"),
    UNKNOWN_CODE(
            Severity.NOTED,
            "This code is not one the guide knows and was left out: {}",
            "Ce code n'est pas connu du guide et n'est pas retenu : {}"),
    VALUE_LEFT_OUT(
            Severity.NOTED,
            "A value is empty or not of its FHIR type and was left out: {}",
            "Une valeur est vide ou n'est pas de son type FHIR et n'est pas retenue : {}"),
    UNEXPECTED_RESOURCE(
            Severity.NOTED,
            "A resource of this type was not asked for: {}",
            "Une ressource de ce type n'est pas demandée : {}"),
    PROFILE(
            Severity.NOTED,
            "The answer does not follow the guide's profiles: {}",
            "La réponse ne suit pas les profils du guide : {}"),
    PROFILE_WARNING(
            Severity.NOTED,
            "The profiles allow this and advise against it: {}",
            "Les profils le permettent et le déconseillent : {}");

    /** What became of the entry. */
    public enum Severity {
        /** It is not shown, and should be corrected. */
        REJECTED,
        /** It is right, and not for display. */
        WITHHELD,
        /** It is shown without the part in question. */
        NOTED
    }

    private final Severity severity;
    private final String english;
    private final String french;

    RejectionCode(Severity severity, String english, String french) {
        this.severity = severity;
        this.english = english;
        this.french = french;
    }

    public Severity severity() {
        return severity;
    }

    /** The English sentence about this value; null when there is none to show. */
    public String sentence(@Nullable String value) {
        return english.replace("{}", value == null ? "-" : value);
    }

    /** The same in French. */
    public String sentenceInFrench(@Nullable String value) {
        return french.replace("{}", value == null ? "-" : value);
    }
}
