package fr.sas.hub.rule;

/** Pages of the guide, the ANS implementation guide "Service d'Accès aux Soins" 1.1.0, by their official names. */
public enum GuidePage {
    SECURITY("securite", "Sécurité"),
    SEARCH("specifications_techniques-ps-recherche_creneaux", "PS indiv. - Recherche de créneaux"),
    SEARCH_CPTS("specifications_techniques-cpts-recherche_creneaux", "CPTS - Recherche de créneaux"),
    SEARCH_SOS("specifications_techniques-sos-recherche_creneaux", "SOS Médecins - Recherche de créneaux"),
    ACCOUNTS("specifications_techniques-cpts-gestion_regulateur", "Gestion des comptes régulateurs"),
    CAPABILITIES("CapabilityStatement-SAS-GestionnaireAgenda-PsIndiv", "SAS-GestionnaireAgenda-PsIndiv"),
    BUNDLE("StructureDefinition-BundleAgregateur", "BundleAgregateur"),
    SLOT("StructureDefinition-FrSlotAgregateur", "FrSlotAgregateur"),
    SCHEDULE("StructureDefinition-FrScheduleAgregateur", "FrScheduleAgregateur"),
    PRACTITIONER("StructureDefinition-FrPractitionerAgregateur", "FrPractitionerAgregateur"),
    PRACTITIONER_ROLE(
            "StructureDefinition-FrPractitionerRoleExerciceAgregateur", "FrPractitionerRoleExerciceAgregateur"),
    LOCATION("StructureDefinition-FrLocationAgregateur", "FrLocationAgregateur"),
    CPTS_SLOT("StructureDefinition-sas-cpts-slot-aggregator", "sas-cpts-slot-aggregator"),
    CPTS_ORGANIZATION("StructureDefinition-sas-cpts-organization-aggregator", "sas-cpts-organization-aggregator"),
    CPTS_BUNDLE("StructureDefinition-sas-cpts-bundle-aggregator", "sas-cpts-bundle-aggregator"),
    SOS_SLOT("StructureDefinition-sas-sos-slot-aggregator", "sas-sos-slot-aggregator"),
    SOS_SCHEDULE("StructureDefinition-sas-sos-schedule-aggregator", "sas-sos-schedule-aggregator"),
    SOS_LOCATION("StructureDefinition-sas-sos-location-aggregator", "sas-sos-location-aggregator"),
    SOS_ORGANIZATION("StructureDefinition-sas-sos-organization-aggregator", "sas-sos-organization-aggregator"),
    APPOINTMENT("StructureDefinition-FrAppointmentSAS", "FrAppointmentSAS"),
    REGULATOR("StructureDefinition-FrPractitionerRegul", "FrPractitionerRegul"),
    SOS_BUNDLE("StructureDefinition-sas-sos-bundle-aggregator", "sas-sos-bundle-aggregator");

    private static final String GUIDE = "https://interop.esante.gouv.fr/ig/fhir/sas/1.1.0/";

    private final String file;
    private final String title;

    GuidePage(String file, String title) {
        this.file = file;
        this.title = title;
    }

    /** As at the top of the page; French where the guide is. */
    public String title() {
        return title;
    }

    public String url() {
        return GUIDE + file + ".html";
    }
}
