package fr.sas.hub.rule;

/**
 * Every element that R4 marks as a modifier ("isModifier") in the resources read from vendors, and how it is handled; a
 * test compares the list with FHIR's definitions (docs/decisions/0033). Also lists elements that are not modifiers but
 * just as unambiguous.
 */
public enum ModifierElement {
    BUNDLE_RULES("Bundle.implicitRules", "IMPLICIT_RULES: the page is not used; if pushed, it is refused"),
    BUNDLE_ENTRY(
            "Bundle.entry.modifierExtension", "MODIFIER_EXTENSION: the entry is not used; if pushed, it is refused"),
    BUNDLE_LINK("Bundle.link.modifierExtension", "ignored: links are followed to more of the same"),
    BUNDLE_ENTRY_LINK("Bundle.entry.link.modifierExtension", "ignored: links of entries are not read"),
    BUNDLE_SEARCH("Bundle.entry.search.modifierExtension", "ignored: search.mode is not read"),
    BUNDLE_REQUEST("Bundle.entry.request.modifierExtension", "if pushed, it is refused; no searchset has a request"),
    BUNDLE_RESPONSE("Bundle.entry.response.modifierExtension", "ignored: no searchset has a response"),
    SLOT_RULES("Slot.implicitRules", "IMPLICIT_RULES: the slot is rejected"),
    SLOT_EXTENSION("Slot.modifierExtension", "MODIFIER_EXTENSION: the slot is rejected"),
    SCHEDULE_RULES("Schedule.implicitRules", "IMPLICIT_RULES: its slots are rejected"),
    SCHEDULE_EXTENSION("Schedule.modifierExtension", "MODIFIER_EXTENSION: its slots are rejected"),
    SCHEDULE_ACTIVE("Schedule.active", "false: AGENDA_INACTIVE, its slots are rejected"),
    PRACTITIONER_RULES("Practitioner.implicitRules", "IMPLICIT_RULES: their slots are rejected"),
    PRACTITIONER_EXTENSION("Practitioner.modifierExtension", "MODIFIER_EXTENSION: their slots are rejected"),
    QUALIFICATION("Practitioner.qualification.modifierExtension", "ignored: qualifications are not read"),
    ROLE_RULES("PractitionerRole.implicitRules", "IMPLICIT_RULES: its slots are rejected"),
    ROLE_EXTENSION("PractitionerRole.modifierExtension", "MODIFIER_EXTENSION: its slots are rejected"),
    ROLE_AVAILABLE("PractitionerRole.availableTime.modifierExtension", "ignored: Slots state availability"),
    ROLE_NOT_AVAILABLE("PractitionerRole.notAvailable.modifierExtension", "ignored: Slots state availability"),
    LOCATION_RULES("Location.implicitRules", "IMPLICIT_RULES: the slots there are rejected"),
    LOCATION_EXTENSION("Location.modifierExtension", "MODIFIER_EXTENSION: the slots there are rejected"),
    LOCATION_STATUS("Location.status", "suspended or inactive: LOCATION_CLOSED, the slots there are rejected"),
    LOCATION_HOURS("Location.hoursOfOperation.modifierExtension", "these hours are ignored (VALUE_LEFT_OUT)"),
    LOCATION_POSITION("Location.position.modifierExtension", "ignored: positions are not read"),
    ORGANIZATION_RULES(
            "Organization.implicitRules", "IMPLICIT_RULES: the slots there are rejected; a CPTS is left out"),
    ORGANIZATION_EXTENSION(
            "Organization.modifierExtension", "MODIFIER_EXTENSION: the slots there are rejected; a CPTS is left out"),
    ORGANIZATION_ACTIVE(
            "Organization.active",
            "false: INACTIVE, the slots there are rejected; a CPTS is left out (CPTS_LEFT_OUT, CPTS_UNREADABLE)"),
    ORGANIZATION_CONTACT("Organization.contact.modifierExtension", "ignored: contacts are not read"),
    SERVICE_RULES("HealthcareService.implicitRules", "IMPLICIT_RULES: the CPTS is left out"),
    SERVICE_EXTENSION("HealthcareService.modifierExtension", "MODIFIER_EXTENSION: the CPTS is left out"),
    SERVICE_ACTIVE("HealthcareService.active", "false: the CPTS is left out (CPTS_LEFT_OUT, CPTS_UNREADABLE)"),
    SERVICE_AVAILABLE("HealthcareService.availableTime.modifierExtension", "ignored: times are not read"),
    SERVICE_ELIGIBILITY("HealthcareService.eligibility.modifierExtension", "ignored: eligibility is not read"),
    SERVICE_NOT_AVAILABLE("HealthcareService.notAvailable.modifierExtension", "ignored: times are not read"),
    OUTCOME_RULES("OperationOutcome.implicitRules", "ignored: an error is an error under any rules"),
    OUTCOME_EXTENSION("OperationOutcome.modifierExtension", "ignored: an error remains an error"),
    OUTCOME_ISSUE("OperationOutcome.issue.modifierExtension", "ignored: an error remains an error"),
    APPOINTMENT_RULES("Appointment.implicitRules", "the appointment is refused"),
    APPOINTMENT_EXTENSION("Appointment.modifierExtension", "the appointment is refused"),
    APPOINTMENT_STATUS(
            "Appointment.status", "any status other than booked, fulfilled, noshow and cancelled is refused"),
    APPOINTMENT_PARTICIPANT("Appointment.participant.modifierExtension", "the appointment is refused"),
    NAME_USE(
            "HumanName.use",
            "old (or an expired period): left out; of the others usual, then official, then no use given, then the rest"),
    CONTACT_USE("ContactPoint.use", "old (or an expired period): left out; the others by rank, home contacts last"),
    ADDRESS_USE("Address.use", "old (or an expired period): left out"),
    IDENTIFIER_USE("Identifier.use", "old (or an expired period): left out");

    private final String element;
    private final String effect;

    ModifierElement(String element, String effect) {
        this.element = element;
        this.effect = effect;
    }

    /** As the specification writes it. */
    public String element() {
        return element;
    }

    /** How it is handled, with the ids of rules. */
    public String effect() {
        return effect;
    }
}
