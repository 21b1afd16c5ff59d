package fr.sas.hub.rule;

/** Rules about slots that belong to a CPTS (INT_R04). */
public enum CommunityRule implements Rule {
    CPTS_LEFT_OUT(
            RuleTopic.CPTS,
            Severity.NOTED,
            GuidePage.CPTS_SLOT,
            "Each CPTS of a slot is a serviceType that refers to a HealthcareService whose providedBy is an Organization with a FINESS, all in the same answer",
            "Chaque CPTS d'un créneau est un serviceType qui désigne un HealthcareService, dont providedBy est une Organization avec un FINESS, le tout dans la même réponse",
            "{\"resourceType\": \"Slot\", \"serviceType\": [{\"extension\": [{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\", \"valueReference\": {\"reference\": \"HealthcareService/cpts-service-1590000014\"}}], \"coding\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement\", \"code\": \"604\"}]}]}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PUBLIC\"}, {\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"CPTS\"}]}, \"serviceType\": [{\"extension\": [{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\", \"valueReference\": {\"reference\": \"HealthcareService/perdu\"}}], \"coding\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement\", \"code\": \"604\"}]}]}"),
    CPTS_UNREADABLE(
            RuleTopic.CPTS,
            Severity.REJECTED,
            GuidePage.CPTS_SLOT,
            "A slot only for a CPTS has at least one readable CPTS",
            "Un créneau destiné à une CPTS seulement a au moins une CPTS lisible",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"CPTS\"}]}, \"serviceType\": [{\"extension\": [{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\", \"valueReference\": {\"reference\": \"HealthcareService/cpts-service-1590000014\"}}], \"coding\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement\", \"code\": \"604\"}]}]}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"CPTS\"}]}, \"serviceType\": [{\"extension\": [{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\", \"valueReference\": {\"reference\": \"HealthcareService/perdu\"}}], \"coding\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement\", \"code\": \"604\"}]}]}"),
    CPTS_AUDIENCE(
            RuleTopic.CPTS,
            Severity.TOLERATED,
            GuidePage.CPTS_SLOT,
            "A slot that names a CPTS has the audience CPTS",
            "Un créneau qui nomme une CPTS a le type CPTS",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"CPTS\"}, {\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"SNP\"}]}}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PUBLIC\"}]}}"),
    CPTS_NOT_NAMED(
            RuleTopic.CPTS,
            Severity.TOLERATED,
            GuidePage.CPTS_SLOT,
            "A slot with the audience CPTS names its CPTS",
            "Un créneau de type CPTS nomme sa CPTS",
            "{\"resourceType\": \"Slot\", \"serviceType\": [{\"extension\": [{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\", \"valueReference\": {\"reference\": \"HealthcareService/cpts-service-1590000014\"}}], \"coding\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement\", \"code\": \"604\"}]}]}",
            "{\"resourceType\": \"Slot\", \"serviceType\": [{\"text\": \"Consultation\"}]}"),
    CPTS_CATEGORY(
            RuleTopic.CPTS,
            Severity.TOLERATED,
            GuidePage.SEARCH_CPTS,
            "The serviceType of a CPTS has the coding TRE_R66 604 in addition to its reference",
            "Le serviceType d'une CPTS a le code TRE_R66 604 en plus de sa référence",
            "{\"resourceType\": \"Slot\", \"serviceType\": [{\"extension\": [{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\", \"valueReference\": {\"reference\": \"HealthcareService/cpts-service-1590000014\"}}], \"coding\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R66-CategorieEtablissement/FHIR/TRE-R66-CategorieEtablissement\", \"code\": \"604\"}]}]}",
            "{\"resourceType\": \"Slot\", \"serviceType\": [{\"extension\": [{\"url\": \"http://hl7.org/fhir/5.0/StructureDefinition/extension-Slot.serviceType\", \"valueReference\": {\"reference\": \"HealthcareService/cpts-service-1590000014\"}}]}]}"),
    CPTS_FINESS(
            RuleTopic.CPTS,
            Severity.TOLERATED,
            GuidePage.CPTS_ORGANIZATION,
            "The Organization of a CPTS has one identifier: its FINESS, 1 and nine characters, of type IDNST",
            "L'Organization d'une CPTS a un identifiant : son FINESS, 1 et neuf caractères, de type IDNST",
            "{\"resourceType\": \"Organization\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"1590000014\"}]}",
            "{\"resourceType\": \"Organization\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"590000014\"}]}"),
    CPTS_SINGLE_LINK(
            RuleTopic.CPTS,
            Severity.TOLERATED,
            GuidePage.CPTS_BUNDLE,
            "A Bundle of INT_R04 has a single link",
            "Un Bundle de INT_R04 a un seul link",
            "\"link\": [{\"relation\": \"self\", …}]",
            "\"link\": [{\"relation\": \"self\", …}, {\"relation\": \"next\", …}]"),
    CPTS_NOT_SHOWN(
            RuleTopic.CPTS,
            Severity.NOTED,
            GuidePage.SEARCH_CPTS,
            "When requested with the includes of INT_R04, the answer shows the CPTS given to the check",
            "Interrogée avec les include de INT_R04, la réponse montre les CPTS annoncées à la vérification",
            "check --cpts 590000014, and a slot of that CPTS",
            "check --cpts 590000014, and no slot of that CPTS");

    private final Demand demand;

    CommunityRule(
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
