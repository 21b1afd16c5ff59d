package fr.sas.hub.rule;

/** Rules about SOS Médecins: associations, their fixed consultation sites and Schedules. */
public enum AssociationRule implements Rule {
    ORPHAN_ORGANIZATION(
            RuleTopic.SOS,
            Severity.REJECTED,
            GuidePage.SOS_LOCATION,
            "Location.managingOrganization refers to the association, an Organization in the same answer",
            "Location.managingOrganization désigne l'association, une Organization de la même réponse",
            "{\"resourceType\": \"Location\", \"managingOrganization\": {\"reference\": \"Organization/sos-335000000000015\"}}",
            "{\"resourceType\": \"Location\", \"managingOrganization\": {\"reference\": \"Organization/perdue\"}}"),
    SOS_SEVERAL_ACTORS(
            RuleTopic.SOS,
            Severity.TOLERATED,
            GuidePage.SOS_SCHEDULE,
            "There is one Schedule per consultation site, with one Location as actor",
            "Il y a un Schedule par lieu de consultation, avec une seule Location comme actor",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Location/site-lfc-1\"}]}",
            "{\"resourceType\": \"Schedule\", \"actor\": [{\"reference\": \"Location/site-lfc-1\"}, {\"reference\": \"Location/site-lfc-1\"}]}"),
    SOS_SITE_NAME(
            RuleTopic.SOS,
            Severity.NOTED,
            GuidePage.SOS_LOCATION,
            "A consultation site has a name",
            "Un lieu de consultation a un nom",
            "{\"resourceType\": \"Location\", \"name\": \"Point de consultation Nord\"}",
            "{\"resourceType\": \"Location\", \"name\": null}"),
    SOS_SITE_ADDRESS(
            RuleTopic.SOS,
            Severity.NOTED,
            GuidePage.SOS_LOCATION,
            "A consultation site has an address with one line, a city and a postal code",
            "Un lieu de consultation a une adresse avec une ligne, une ville et un code postal",
            "{\"resourceType\": \"Location\", \"address\": {\"line\": [\"12 place du Marché\"], \"city\": \"RENNES\", \"postalCode\": \"35000\"}}",
            "{\"resourceType\": \"Location\", \"address\": {\"postalCode\": null}}"),
    SOS_SITE_ID(
            RuleTopic.SOS,
            Severity.TOLERATED,
            GuidePage.SOS_LOCATION,
            "A consultation site has its own stable identifier, of type INTRN",
            "Un lieu de consultation a son propre identifiant, de type INTRN, toujours le même",
            "{\"resourceType\": \"Location\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type\", \"code\": \"INTRN\"}]}, \"system\": \"https://vendor.example/sites\", \"value\": \"lfc-1\"}]}",
            "{\"resourceType\": \"Location\", \"identifier\": null}"),
    SOS_SITE_PHONE(
            RuleTopic.SOS,
            Severity.TOLERATED,
            GuidePage.SEARCH_SOS,
            "A consultation site has a phone number",
            "Un lieu de consultation a un numéro de téléphone",
            "{\"resourceType\": \"Location\", \"telecom\": [{\"system\": \"phone\", \"value\": \"+33199001122\"}]}",
            "{\"resourceType\": \"Location\", \"telecom\": null}"),
    SOS_SITE_HOURS(
            RuleTopic.SOS,
            Severity.TOLERATED,
            GuidePage.SEARCH_SOS,
            "A consultation site has hours of operation, with days and times as 08:00:00",
            "Un lieu de consultation a des horaires, avec des jours et des heures comme 08:00:00",
            "{\"resourceType\": \"Location\", \"hoursOfOperation\": [{\"daysOfWeek\": [\"mon\"], \"openingTime\": \"08:00:00\", \"closingTime\": \"19:00:00\"}]}",
            "{\"resourceType\": \"Location\", \"hoursOfOperation\": null}"),
    SOS_SIRET(
            RuleTopic.SOS,
            Severity.TOLERATED,
            GuidePage.SOS_ORGANIZATION,
            "The association has one identifier: its SIRET, 3 and 14 digits, of type IDNST",
            "L'association a un identifiant : son SIRET, 3 et 14 chiffres, de type IDNST",
            "{\"resourceType\": \"Organization\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"335000000000015\"}]}",
            "{\"resourceType\": \"Organization\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-location-identifier-type\", \"code\": \"IDNST\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"35000000000015\"}]}"),
    SOS_AUDIENCE(
            RuleTopic.SOS,
            Severity.TOLERATED,
            GuidePage.SOS_SLOT,
            "Slots of SOS Médecins have the audience PUBLIC or SNP",
            "Les créneaux SOS Médecins ont les types PUBLIC ou SNP",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PUBLIC\"}, {\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"SNP\"}]}}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"security\": [{\"system\": \"https://mos.esante.gouv.fr/NOS/TRE_R314-TypeCreneau/FHIR/TRE-R314-TypeCreneau\", \"code\": \"PRO\"}]}}"),
    SOS_SINGLE_LINK(
            RuleTopic.SOS,
            Severity.TOLERATED,
            GuidePage.SOS_BUNDLE,
            "The Bundle of the SOS search has a single link",
            "Le Bundle de la recherche SOS a un seul link",
            "\"link\": [{\"relation\": \"self\", …}]",
            "\"link\": [{\"relation\": \"self\", …}, {\"relation\": \"next\", …}]"),
    SOS_NOT_SHOWN(
            RuleTopic.SOS,
            Severity.NOTED,
            GuidePage.SEARCH_SOS,
            "Every association given to the check has at least one Schedule in the answer",
            "Chaque association annoncée à la vérification a au moins un Schedule dans la réponse",
            "check --sos 35000000000015, and a Schedule of that association",
            "check --sos 35000000000015, and no Schedule of that association");

    private final Demand demand;

    AssociationRule(
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
