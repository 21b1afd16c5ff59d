package fr.sas.hub.rule;

/** Rules about appointments declared by vendors (INT_R03). An appointment that breaks one is refused. */
public enum AppointmentRule implements Rule {
    APPOINTMENT_NOT_FHIR(
            "What is read of an appointment has the JSON type that FHIR defines; texts have 1 to 1,000 characters, none of them a control character",
            "Ce qui est lu d'un rendez-vous a le type JSON que FHIR définit ; un texte a de 1 à 1 000 caractères, sans caractère de contrôle",
            "{\"resourceType\": \"Appointment\", \"slot\": [{\"reference\": \"Slot/1\"}]}",
            "{\"resourceType\": \"Appointment\", \"slot\": \"Slot/1\"}"),
    APPOINTMENT_ID(
            "An appointment has exactly one identifier with system and value, of at most 2,000 bytes together; \"null\" and \"unknown\" do not count",
            "Un rendez-vous a un identifiant avec system et value (2 000 octets au plus à eux deux), et un seul ; « null » et « unknown » n'en sont pas",
            "{\"resourceType\": \"Appointment\", \"identifier\": [{\"system\": \"urn:oid:1.1.111.1.11.1.1.1\", \"value\": \"b6e39355\"}]}",
            "{\"resourceType\": \"Appointment\", \"identifier\": [{\"system\": \"urn:oid:1.1.111.1.11.1.1.1\", \"value\": \"null\"}]}"),
    APPOINTMENT_STATUS(
            "Appointment.status is booked, fulfilled, noshow or cancelled",
            "Appointment.status est booked, fulfilled, noshow ou cancelled",
            "{\"resourceType\": \"Appointment\", \"status\": \"cancelled\"}",
            "{\"resourceType\": \"Appointment\", \"status\": \"pending\"}"),
    APPOINTMENT_OPERATOR(
            "One extension FrAppointmentOperator identifies the regulator, by system and value",
            "Une extension FrAppointmentOperator identifie le régulateur du patient, par system et value",
            "{\"resourceType\": \"Appointment\", \"extension\": [{\"url\": \"http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator\", \"valueReference\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"3456780581/11242343\"}}}]}",
            "{\"resourceType\": \"Appointment\", \"extension\": null}"),
    APPOINTMENT_OPERATOR_ID(
            "The regulator's identifier is a UUID in urn:oid:1.2.250.1.213.3.6 or a national one in urn:oid:1.2.250.1.71.4.2.1 (…4.2.2 is accepted too); its type, if any, is INTRN or IDNPS",
            "L'identifiant du régulateur est un UUID dans urn:oid:1.2.250.1.213.3.6 ou un identifiant national dans urn:oid:1.2.250.1.71.4.2.1 (…4.2.2 est accepté) ; son type, s'il est dit, est INTRN ou IDNPS",
            "{\"resourceType\": \"Appointment\", \"extension\": [{\"url\": \"http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator\", \"valueReference\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"INTRN\"}]}, \"system\": \"urn:oid:1.2.250.1.213.3.6\", \"value\": \"0a7a5ba6-2a3c-4d5c-9d5e-8a1f5a1f0c11\"}}}]}",
            "{\"resourceType\": \"Appointment\", \"extension\": [{\"url\": \"http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator\", \"valueReference\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"INTRN\"}]}, \"system\": \"urn:oid:1.2.250.1.213.3.6\", \"value\": \"12\"}}}]}"),
    APPOINTMENT_TIME(
            "start and end are present, as instants with an offset",
            "start et end sont présents, des instants avec leur décalage horaire",
            "{\"resourceType\": \"Appointment\", \"start\": \"2026-06-12T16:40:00.000+02:00\", \"end\": \"2026-06-12T17:00:00.000+02:00\"}",
            "{\"resourceType\": \"Appointment\", \"start\": \"2026-06-12T16:40:00\"}"),
    APPOINTMENT_ENDS_BEFORE_IT_STARTS(
            "An appointment ends after it starts",
            "Un rendez-vous finit après son début",
            "{\"resourceType\": \"Appointment\", \"start\": \"2026-06-12T16:40:00.000+02:00\", \"end\": \"2026-06-12T17:00:00.000+02:00\"}",
            "{\"resourceType\": \"Appointment\", \"start\": \"2026-06-12T16:40:00.000+02:00\", \"end\": \"2026-06-12T16:40:00.000+02:00\"}"),
    APPOINTMENT_TOO_LONG(
            "An appointment lasts at most 24 hours",
            "Un rendez-vous dure au plus 24 heures",
            "{\"resourceType\": \"Appointment\", \"start\": \"2026-06-12T16:40:00.000+02:00\", \"end\": \"2026-06-12T17:00:00.000+02:00\"}",
            "{\"resourceType\": \"Appointment\", \"start\": \"2026-06-12T16:40:00.000+02:00\", \"end\": \"2026-06-14T16:40:00.000+02:00\"}"),
    APPOINTMENT_WITH_NOBODY(
            "One participant is the practitioner, identified in urn:oid:1.2.250.1.71.4.2.1; without one, the structure that owns the slot, in …4.2.2",
            "Un participant est le professionnel, identifié dans urn:oid:1.2.250.1.71.4.2.1 ; à défaut, la structure dont c'est le créneau, dans …4.2.2",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}}, \"status\": \"accepted\"}]}",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"display\": \"Le patient\"}, \"status\": \"accepted\"}]}"),
    APPOINTMENT_WITH_SEVERAL(
            "Exactly one practitioner participates",
            "Un seul professionnel participe",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}}, \"status\": \"accepted\"}]}",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}}, \"status\": \"accepted\"}, {\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000049\"}}, \"status\": \"accepted\"}]}"),
    APPOINTMENT_PARTICIPANT_ID(
            "A participant's identifier is national: RPPS or ADELI, with or without prefix; for a structure FINESS, SIRET or rang",
            "L'identifiant d'un participant est national : RPPS ou ADELI, avec ou sans préfixe ; d'une structure FINESS, SIRET ou rang",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}}, \"status\": \"accepted\"}]}",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"12\"}}, \"status\": \"accepted\"}]}"),
    APPOINTMENT_PARTICIPANT_STATUS(
            "Every participant's status is accepted or needs-action",
            "Le statut de chaque participant est accepted ou needs-action",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}}, \"status\": \"needs-action\"}]}",
            "{\"resourceType\": \"Appointment\", \"participant\": [{\"actor\": {\"identifier\": {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"899900000031\"}}, \"status\": \"declined\"}]}"),
    APPOINTMENT_SLOTS(
            "An appointment takes at most 20 slots",
            "Un rendez-vous prend au plus 20 créneaux",
            "\"slot\": [20 references]",
            "\"slot\": [21 references]"),
    APPOINTMENT_FROM_THE_FUTURE(
            "meta.lastUpdated is not in the future (10 minutes are tolerated)",
            "meta.lastUpdated n'est pas dans le futur (à 10 minutes près)",
            "{\"resourceType\": \"Appointment\", \"meta\": {\"lastUpdated\": \"2026-06-12T08:00:00.000+02:00\"}}",
            "{\"resourceType\": \"Appointment\", \"meta\": {\"lastUpdated\": \"2126-06-12T08:00:00.000+02:00\"}}");

    private final Demand demand;

    AppointmentRule(String english, String french, String passes, String fails) {
        this.demand = new Demand(
                RuleTopic.APPOINTMENTS, Severity.REJECTED, GuidePage.APPOINTMENT, english, french, passes, fails);
    }

    @Override
    public Demand demand() {
        return demand;
    }
}
