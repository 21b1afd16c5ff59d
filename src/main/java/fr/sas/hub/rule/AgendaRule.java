package fr.sas.hub.rule;

/** Rules about whose a Schedule is and where: references, practitioners, places, identifiers, phones. */
public enum AgendaRule implements Rule {
    ORPHAN_SCHEDULE(
            Topic.REFERENCES,
            Severity.REJECTED,
            Page.SLOT,
            "Slot.schedule refers to a Schedule of the same answer",
            "Slot.schedule désigne un Schedule de la même réponse",
            "{\"resourceType\": \"Slot\", \"schedule\": {\"reference\": \"Schedule/899900000031-1\"}}",
            "{\"resourceType\": \"Slot\", \"schedule\": {\"reference\": \"Schedule/perdu\"}}"),
    ORPHAN_ACTOR(
            Topic.REFERENCES,
            Severity.REJECTED,
            Page.SCHEDULE,
            "Schedule.actor refers to a Practitioner (SOS Médecins: a Location) of the same answer",
            "Schedule.actor désigne un Practitioner (SOS Médecins : une Location) de la même réponse",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Practitioner/p899900000031\"}, {\"reference\": \"PractitionerRole/role-899900000031-1\"}]}",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Practitioner/perdu\"}, {\"reference\": \"PractitionerRole/role-899900000031-1\"}]}"),
    ORPHAN_ROLE(
            Topic.REFERENCES,
            Severity.REJECTED,
            Page.SCHEDULE,
            "Schedule.actor refers to a PractitionerRole of the same answer",
            "Schedule.actor désigne un PractitionerRole de la même réponse",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Practitioner/p899900000031\"}, {\"reference\": \"PractitionerRole/role-899900000031-1\"}]}",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Practitioner/p899900000031\"}, {\"reference\": \"PractitionerRole/perdu\"}]}"),
    ROLE_MISSING(
            Topic.REFERENCES,
            Severity.TOLERATED,
            Page.SCHEDULE,
            "Schedule.actor names a PractitionerRole besides the Practitioner: it tells the place",
            "Schedule.actor nomme un PractitionerRole en plus du Practitioner : il dit le lieu",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Practitioner/p899900000031\"}, {\"reference\": \"PractitionerRole/role-899900000031-1\"}]}",
            "{\"resourceType\": \"Schedule\", \"contained\": [{\"resourceType\": \"Location\", \"id\": \"lieu\", \"address\": {\"line\": [\"1 rue des Tilleuls\"], \"postalCode\": \"75001\", \"city\": \"PARIS\"}}], \"actor\": [{\"reference\": \"Practitioner/p899900000031\"}, {\"reference\": \"#lieu\"}]}"),
    ROLE_OF_ANOTHER(
            Topic.REFERENCES,
            Severity.REJECTED,
            Page.PRACTITIONER_ROLE,
            "PractitionerRole.practitioner is the Practitioner of the Schedule",
            "PractitionerRole.practitioner est le Practitioner du Schedule",
            "{\"resourceType\": \"PractitionerRole\", \"practitioner\": {\"reference\": \"Practitioner/p899900000031\"}}",
            "{\"resourceType\": \"PractitionerRole\", \"practitioner\": {\"reference\": \"Practitioner/p899900000049\"}}"),
    ORPHAN_LOCATION(
            Topic.REFERENCES,
            Severity.REJECTED,
            Page.PRACTITIONER_ROLE,
            "PractitionerRole.location refers to a Location of the same answer",
            "PractitionerRole.location désigne une Location de la même réponse",
            "{\"resourceType\": \"PractitionerRole\", \"location\": [{\"reference\": \"#place\"}]}",
            "{\"resourceType\": \"PractitionerRole\", \"location\": [{\"reference\": \"#ailleurs\"}]}"),
    LOCATION_NOT_CONTAINED(
            Topic.REFERENCES,
            Severity.TOLERATED,
            Page.PRACTITIONER_ROLE,
            "The Location is contained in the PractitionerRole, and referred to by #id",
            "La Location est contenue dans le PractitionerRole et désignée par #id",
            "{\"resourceType\": \"PractitionerRole\", \"location\": [{\"reference\": \"#place\"}]}",
            "\"location\": [{\"reference\": \"Location/12\"}], and Location/12 an entry of the answer"),
    LOCATION_MISSING(
            Topic.CARDINALITIES,
            Severity.NOTED,
            Page.PRACTITIONER_ROLE,
            "PractitionerRole.location is there exactly once",
            "PractitionerRole.location est présent exactement une fois",
            "{\"resourceType\": \"PractitionerRole\", \"location\": [{\"reference\": \"#place\"}]}",
            "{\"resourceType\": \"PractitionerRole\", \"location\": null}"),
    AGENDA_INACTIVE(
            Topic.REFERENCES,
            Severity.REJECTED,
            Page.SCHEDULE,
            "The Schedule of a free slot is active",
            "Le Schedule d'un créneau libre est actif",
            "{\"resourceType\": \"Schedule\", \"active\": true}",
            "{\"resourceType\": \"Schedule\", \"active\": false}"),
    ADDRESS_INCOMPLETE(
            Topic.CARDINALITIES,
            Severity.NOTED,
            Page.LOCATION,
            "A Location has an address with one line, a city and a postal code",
            "Une Location a une adresse avec une ligne, une ville et un code postal",
            "{\"resourceType\": \"PractitionerRole\", \"contained\": [{\"resourceType\": \"Location\", \"id\": \"place\", \"address\": {\"line\": [\"1 rue des Tilleuls\"], \"postalCode\": \"75001\", \"city\": \"PARIS\"}}]}",
            "{\"resourceType\": \"PractitionerRole\", \"contained\": [{\"resourceType\": \"Location\", \"id\": \"place\", \"address\": {\"line\": [\"1 rue des Tilleuls\"], \"city\": \"PARIS\"}}]}"),
    NO_PLACE(
            Topic.CARDINALITIES,
            Severity.REJECTED,
            Page.LOCATION,
            "A structure identifier or an address tells where the slot takes place",
            "Un identifiant de structure ou une adresse dit où le créneau a lieu",
            "{\"resourceType\": \"PractitionerRole\", \"location\": [{\"reference\": \"#place\"}]}",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": null, \"contained\": [{\"resourceType\": \"Location\", \"id\": \"place\"}]}"),
    STRUCTURE_MISSING(
            Topic.CARDINALITIES,
            Severity.NOTED,
            Page.PRACTITIONER_ROLE,
            "PractitionerRole.organization.identifier is the national identifier of the structure",
            "PractitionerRole.organization.identifier est l'identifiant national de la structure",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"1750000031\"}}}",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": null, \"display\": \"Cabinet des Tilleuls\"}}"),
    NAME_MISSING(
            Topic.CARDINALITIES,
            Severity.TOLERATED,
            Page.PRACTITIONER,
            "A Practitioner has a family name and a given name",
            "Un Practitioner a un nom et un prénom",
            "{\"resourceType\": \"Practitioner\", \"name\": [{\"family\": \"DURAND\", \"given\": [\"Alice\"]}]}",
            "{\"resourceType\": \"Practitioner\", \"name\": [{\"family\": \"DURAND\"}]}"),
    NO_NATIONAL_ID(
            Topic.IDENTIFIERS,
            Severity.REJECTED,
            Page.PRACTITIONER,
            "A Practitioner (SOS Médecins: the managing Organization) has a readable national identifier",
            "Un Practitioner (SOS Médecins : l'organisation gestionnaire) a un identifiant national lisible",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}]}",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"unknown\"}]}"),
    PRACTITIONER_PREFIX(
            Topic.IDENTIFIERS,
            Severity.TOLERATED,
            Page.PRACTITIONER,
            "A practitioner's identifier has its prefix: 8 before an RPPS, 0 before an ADELI",
            "L'identifiant d'un professionnel a son préfixe : 8 devant un RPPS, 0 devant un ADELI",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}]}",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"99900000031\"}]}"),
    PRACTITIONER_ID_SYSTEM(
            Topic.IDENTIFIERS,
            Severity.TOLERATED,
            Page.PRACTITIONER,
            "The system of a practitioner's identifier is urn:oid:1.2.250.1.71.4.2.1 and its type IDNPS of http://interopsante.org/fhir/CodeSystem/fr-v2-0203",
            "Le système de l'identifiant d'un professionnel est urn:oid:1.2.250.1.71.4.2.1 et son type IDNPS de http://interopsante.org/fhir/CodeSystem/fr-v2-0203",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}]}",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"RPPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}]}"),
    STRUCTURE_PREFIX(
            Topic.IDENTIFIERS,
            Severity.TOLERATED,
            Page.PRACTITIONER_ROLE,
            "A structure's identifier has its prefix: 1 before a FINESS, 3 before a SIRET",
            "L'identifiant d'une structure a son préfixe : 1 devant un FINESS, 3 devant un SIRET",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"1750000031\"}}}",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"750000031\"}}}"),
    STRUCTURE_ID_UNREADABLE(
            Topic.IDENTIFIERS,
            Severity.NOTED,
            Page.PRACTITIONER_ROLE,
            "A structure's national identifier is a FINESS, a SIRET or a rang",
            "L'identifiant national d'une structure est un FINESS, un SIRET ou un rang",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"312345678901234\"}}}",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"CAB-12\"}}}"),
    STRUCTURE_ID_SYSTEM(
            Topic.IDENTIFIERS,
            Severity.TOLERATED,
            Page.PRACTITIONER_ROLE,
            "The system of a structure's identifier is urn:oid:1.2.250.1.71.4.2.2 and its type IDNST",
            "Le système de l'identifiant d'une structure est urn:oid:1.2.250.1.71.4.2.2 et son type IDNST",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"1750000031\"}}}",
            "{\"resourceType\": \"PractitionerRole\", \"organization\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.3\", \"value\": \"1750000031\"}}}"),
    NOT_ASKED_FOR(
            Topic.IDENTIFIERS,
            Severity.REJECTED,
            Page.SEARCH,
            "Slots belong to practitioners or associations that were asked for",
            "Les créneaux appartiennent à des professionnels ou associations demandés",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}]}",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000999\"}]}"),
    PHONE_LEFT_OUT(
            Topic.PHONES,
            Severity.NOTED,
            Page.PRACTITIONER_ROLE,
            "A phone number is certainly one: no short number, no extension, no text",
            "Un numéro de téléphone est certain : ni numéro court, ni poste, ni texte",
            "{\"resourceType\": \"PractitionerRole\", \"telecom\": [{\"system\": \"phone\", \"value\": \"+33140000000\"}]}",
            "{\"resourceType\": \"PractitionerRole\", \"telecom\": [{\"system\": \"phone\", \"value\": \"01 40 00 00 00 poste 12\"}]}"),
    PHONE_FORM(
            Topic.PHONES,
            Severity.TOLERATED,
            Page.PRACTITIONER_ROLE,
            "A phone number is + and digits: +33 and nine digits (overseas +262, +590, +594, +596, …)",
            "Un numéro de téléphone est + et des chiffres : +33 et neuf chiffres (outre-mer +262, +590, +594, +596, …)",
            "{\"resourceType\": \"PractitionerRole\", \"telecom\": [{\"system\": \"phone\", \"value\": \"+33140000000\"}]}",
            "{\"resourceType\": \"PractitionerRole\", \"telecom\": [{\"system\": \"phone\", \"value\": \"01.40.00.00.00\"}]}"),
    SCHEDULE_PER_PLACE(
            Topic.PLACES,
            Severity.TOLERATED,
            Page.SCHEDULE,
            "There is one Schedule per place of practice, with one PractitionerRole",
            "Il y a un Schedule par lieu d'exercice, avec un seul PractitionerRole",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Practitioner/p899900000031\"}, {\"reference\": \"PractitionerRole/role-899900000031-1\"}]}",
            "one Schedule, actor Practitioner/12, PractitionerRole/1 and PractitionerRole/2"),
    SCHEDULE_TWICE(
            Topic.PLACES,
            Severity.TOLERATED,
            Page.SCHEDULE,
            "Two Schedules are not of the same PractitionerRole",
            "Deux Schedule ne sont pas du même PractitionerRole",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Practitioner/p899900000031\"}, {\"reference\": \"PractitionerRole/role-899900000031-1\"}]}",
            "Schedule/1 and Schedule/2, both of PractitionerRole/1");

    private final Demand demand;

    AgendaRule(Topic topic, Severity severity, Page page, String english, String french, String passes, String fails) {
        this.demand = new Demand(topic, severity, page, english, french, passes, fails);
    }

    @Override
    public Demand demand() {
        return demand;
    }
}
