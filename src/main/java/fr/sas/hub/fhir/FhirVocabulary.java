package fr.sas.hub.fhir;

/** Every URL and code in the guide, defined once (DOMAIN §2, §3). */
public final class FhirVocabulary {

    public static final String PRACTITIONER_IDS = "urn:oid:1.2.250.1.71.4.2.1";
    public static final String STRUCTURE_IDS = "urn:oid:1.2.250.1.71.4.2.2";
    /** For regulators without a national identifier: UUIDs. */
    public static final String REGULATOR_IDS = "urn:oid:1.2.250.1.213.3.6";

    public static final String IDENTIFIER_TYPES = "http://interopsante.org/fhir/CodeSystem/fr-v2-0203";
    public static final String LOCATION_IDENTIFIER_TYPES =
            "http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type";
    public static final String NATIONAL_PERSON = "IDNPS";
    public static final String NATIONAL_STRUCTURE = "IDNST";
    public static final String INTERNAL = "INTRN";

    public static final String AUDIENCES =
            "https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau";
    /** A shorter form that some vendors send. */
    public static final String AUDIENCES_SHORT = "https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau";

    public static final String CONSULTATION_MODES = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
    public static final String APPOINTMENT_TYPES = "http://terminology.hl7.org/CodeSystem/v2-0276";
    public static final String SPECIALTIES =
            "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale";
    public static final String STRUCTURE_CATEGORIES =
            "https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement";
    /** The code for a CPTS in {@link #STRUCTURE_CATEGORIES}. */
    public static final String CPTS_CATEGORY = "604";

    public static final String SERVICE_TYPE_REFERENCE =
            "http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType";
    public static final String LAST_SOURCE_SYNC = "http://hl7.org/fhir/StructureDefinition/lastSourceSync";
    /** On an Appointment: the regulator for whom it was booked. */
    public static final String APPOINTMENT_OPERATOR =
            "http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator";

    public static final String SLOT_CAPACITY =
            "http://fhir-registry.smarthealthit.org/StructureDefinition/slot-capacity";

    /** Base URL of the hub's own definitions; described in fhir-profiles/README.md. */
    public static final String HUB = "https://sas-hub.example/fhir/";

    public static final String OTHER_SOURCE = HUB + "StructureDefinition/slot-other-source";
    /** On a PractitionerRole: how the practitioner participates, and whether they may be called beyond their slots. */
    public static final String PARTICIPATION = HUB + "StructureDefinition/practitioner-role-participation";

    public static final String PARTICIPATION_SEARCH = HUB + "SearchParameter/slot-participation";
    public static final String EMERGENCY_REORIENTATION_SEARCH = HUB + "SearchParameter/slot-emergency-reorientation";
    public static final String ROLE_PARTICIPATION_SEARCH = HUB + "SearchParameter/role-participation";
    public static final String ROLE_EMERGENCY_REORIENTATION_SEARCH =
            HUB + "SearchParameter/role-emergency-reorientation";
    /** Followed by an operation's name without its {@code $}. */
    public static final String OPERATIONS = HUB + "OperationDefinition/";

    public static final String HUB_TAGS = HUB + "CodeSystem/tags";
    /** Tag on a Slot that its source has not confirmed recently. */
    public static final String UNVERIFIED = "unverified";

    public static final String RULES = HUB + "CodeSystem/rules";

    /** The hub's own identifiers for places. */
    public static final String PLACES = HUB + "NamingSystem/places";

    /** v3 ActReason; one of its codes is used as a security label. */
    public static final String REASONS_FOR_USE = "http://terminology.hl7.org/CodeSystem/v3-ActReason";
    /** Security label: fabricated data for testing health systems. */
    public static final String TEST_DATA = "HTEST";

    public static final String SOURCE_TROUBLES = HUB + "CodeSystem/source-troubles";

    public static final String SLOT = "http://sas.fr/fhir/StructureDefinition/FrSlotAgregateur";
    public static final String SCHEDULE = "http://sas.fr/fhir/StructureDefinition/FrScheduleAgregateur";
    public static final String PRACTITIONER = "http://sas.fr/fhir/StructureDefinition/FrPractitionerAgregateur";
    public static final String PRACTITIONER_ROLE =
            "http://sas.fr/fhir/StructureDefinition/FrPractitionerRoleExerciceAgregateur";
    public static final String LOCATION = "http://sas.fr/fhir/StructureDefinition/FrLocationAgregateur";
    public static final String APPOINTMENT = "http://sas.fr/fhir/StructureDefinition/FrAppointmentSAS";
    /** For an organization that is neither a CPTS nor part of SOS Médecins. */
    public static final String FR_ORGANIZATION = "http://interopsante.org/fhir/StructureDefinition/FrOrganization";

    public static final String BUNDLE = "http://sas.fr/fhir/StructureDefinition/BundleAgregateur";

    /**
     * Identifiers issued by the platform itself, such as a regulator's UUID; also identifies the platform as a source.
     */
    public static final String PLATFORM_IDS = "urn:oid:1.2.250.1.213.3.6";

    private static final String SAS = "https://interop.esante.gouv.fr/ig/fhir/sas/StructureDefinition/";
    public static final String REGULATOR = SAS + "FrPractitionerRegul";
    public static final String CPTS_SLOT = SAS + "sas-cpts-slot-aggregator";
    public static final String CPTS_SERVICE = SAS + "sas-cpts-healthcareservice-aggregator";
    public static final String CPTS_ORGANIZATION = SAS + "sas-cpts-organization-aggregator";
    public static final String CPTS_BUNDLE = SAS + "sas-cpts-bundle-aggregator";
    public static final String SOS_SLOT = SAS + "sas-sos-slot-aggregator";
    public static final String SOS_SCHEDULE = SAS + "sas-sos-schedule-aggregator";
    public static final String SOS_LOCATION = SAS + "sas-sos-location-aggregator";
    public static final String SOS_ORGANIZATION = SAS + "sas-sos-organization-aggregator";
    public static final String SOS_BUNDLE = SAS + "sas-sos-bundle-aggregator";

    /** The profile that a vendor's answer must conform to, by flow; see fhir-profiles/README.md. */
    public static final String ACCEPTED_BUNDLE = HUB + "StructureDefinition/hub-bundle";

    public static final String ACCEPTED_CPTS_BUNDLE = HUB + "StructureDefinition/hub-cpts-bundle";
    public static final String ACCEPTED_SOS_BUNDLE = HUB + "StructureDefinition/hub-sos-bundle";

    /** The profile that an appointment must conform to. */
    public static final String ACCEPTED_APPOINTMENT = HUB + "StructureDefinition/hub-appointment";

    private FhirVocabulary() {}
}
