package fr.sas.hub.rule;

/**
 * Rules about regulators' accounts as sent to vendors (INT_R02); for how a server handles them, see {@link ServerRule}.
 */
public enum AccountRule implements Rule {
    REGULATOR_ID(
            RuleTopic.ACCOUNTS,
            Severity.REJECTED,
            GuidePage.REGULATOR,
            "A regulator's account has exactly one identifier",
            "Le compte d'un régulateur a un identifiant, et un seul",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"INTRN\"}]}, \"system\": \"urn:oid:1.2.250.1.213.3.6\", \"value\": \"0a7a5ba6-2a3c-4d5c-9d5e-8a1f5a1f0c11\"}]}",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"INTRN\"}]}, \"system\": \"urn:oid:1.2.250.1.213.3.6\", \"value\": \"0a7a5ba6-2a3c-4d5c-9d5e-8a1f5a1f0c11\"}, {\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"3456780581/11242343\"}]}"),
    REGULATOR_ID_FORM(
            RuleTopic.ACCOUNTS,
            Severity.TOLERATED,
            GuidePage.REGULATOR,
            "The identifier is a UUID in urn:oid:1.2.250.1.213.3.6, of type INTRN, or a national identifier in urn:oid:1.2.250.1.71.4.2.1, of type IDNPS",
            "C'est un UUID dans urn:oid:1.2.250.1.213.3.6, de type INTRN, ou un identifiant national dans urn:oid:1.2.250.1.71.4.2.1, de type IDNPS",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.1\", \"value\": \"3456780581/11242343\"}]}",
            "{\"resourceType\": \"Practitioner\", \"identifier\": [{\"type\": {\"coding\": [{\"system\": \"http://interopsante.org/fhir/CodeSystem/fr-v2-0203\", \"code\": \"IDNPS\"}]}, \"system\": \"urn:oid:1.2.250.1.71.4.2.2\", \"value\": \"3456780581/11242343\"}]}"),
    REGULATOR_ACTIVE(
            RuleTopic.ACCOUNTS,
            Severity.NOTED,
            GuidePage.REGULATOR,
            "active states whether the regulator is authorised",
            "active dit si le régulateur a l'habilitation",
            "{\"resourceType\": \"Practitioner\", \"active\": false}",
            "{\"resourceType\": \"Practitioner\", \"active\": null}"),
    REGULATOR_NAME(
            RuleTopic.ACCOUNTS,
            Severity.NOTED,
            GuidePage.REGULATOR,
            "A regulator's account has one family name and one given name",
            "Le compte d'un régulateur a un nom et un prénom",
            "{\"resourceType\": \"Practitioner\", \"name\": [{\"family\": \"MARIUS\", \"given\": [\"Jules\"]}]}",
            "{\"resourceType\": \"Practitioner\", \"name\": [{\"family\": \"MARIUS\", \"given\": [\"Jules\", \"Paul\"]}]}"),
    REGULATOR_EMAIL(
            RuleTopic.ACCOUNTS,
            Severity.NOTED,
            GuidePage.REGULATOR,
            "A regulator's account has one e-mail address",
            "Le compte d'un régulateur a une adresse électronique",
            "{\"resourceType\": \"Practitioner\", \"telecom\": [{\"system\": \"email\", \"value\": \"jules.marius@test.example\"}]}",
            "{\"resourceType\": \"Practitioner\", \"telecom\": [{\"system\": \"phone\", \"value\": \"+33140000000\"}]}"),
    REGULATOR_SOURCE(
            RuleTopic.ACCOUNTS,
            Severity.TOLERATED,
            GuidePage.REGULATOR,
            "meta.source of a regulator's account is the platform, urn:oid:1.2.250.1.213.3.6",
            "meta.source du compte d'un régulateur est la plateforme, urn:oid:1.2.250.1.213.3.6",
            "{\"resourceType\": \"Practitioner\", \"meta\": {\"source\": \"urn:oid:1.2.250.1.213.3.6\"}}",
            "{\"resourceType\": \"Practitioner\", \"meta\": {\"source\": null}}");

    private final Demand demand;

    AccountRule(
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
