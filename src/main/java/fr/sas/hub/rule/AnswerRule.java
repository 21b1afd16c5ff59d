package fr.sas.hub.rule;

/** Rules about an answer as a whole: a Bundle, its entries, and what any resource in it must be. */
public enum AnswerRule implements Rule {
    SEARCH_FAILED(
            Topic.SEARCH,
            Severity.REJECTED,
            Page.SEARCH,
            "A search of the guide is answered with HTTP 200",
            "Une recherche du guide reçoit une réponse HTTP 200",
            "HTTP 200",
            "HTTP 500"),
    CONTENT_TYPE(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.SEARCH,
            "The answer's Content-Type is application/json+fhir or application/fhir+json, in UTF-8",
            "Le Content-Type de la réponse est application/json+fhir ou application/fhir+json, en UTF-8",
            "Content-Type: application/json+fhir; charset=UTF-8",
            "Content-Type: text/html"),
    NOT_JSON(
            Topic.SEARCH,
            Severity.REJECTED,
            Page.SEARCH,
            "The body of an answer is JSON, whole, in UTF-8",
            "Le corps de la réponse est du JSON, entier, en UTF-8",
            "{\"resourceType\": \"Bundle\", \"type\": \"searchset\", \"total\": 0}",
            "{\"resourceType\": \"Bundle\", \"type\": \"sear"),
    NOT_A_BUNDLE(
            Topic.SEARCH,
            Severity.REJECTED,
            Page.BUNDLE,
            "The answer to a search is a Bundle",
            "La réponse à une recherche est un Bundle",
            "{\"resourceType\": \"Bundle\", \"type\": \"searchset\"}",
            "{\"resourceType\": \"List\"}"),
    NOT_A_SEARCHSET(
            Topic.SEARCH,
            Severity.REJECTED,
            Page.BUNDLE,
            "Bundle.type is \"searchset\"",
            "Bundle.type est « searchset »",
            "{\"resourceType\": \"Bundle\", \"type\": \"searchset\"}",
            "{\"resourceType\": \"Bundle\", \"type\": \"collection\"}"),
    TOTAL_MISSING(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.SEARCH,
            "Bundle.total is there, 0 when nothing is free",
            "Bundle.total est présent, 0 quand rien n'est libre",
            "{\"resourceType\": \"Bundle\", \"total\": 1}",
            "{\"resourceType\": \"Bundle\", \"total\": null}"),
    TOTAL_WRONG(
            Topic.SEARCH,
            Severity.NOTED,
            Page.SEARCH,
            "Bundle.total is the number of Slots found",
            "Bundle.total est le nombre de créneaux trouvés",
            "{\"resourceType\": \"Bundle\", \"total\": 1}",
            "{\"resourceType\": \"Bundle\", \"total\": 7}"),
    SELF_LINK(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.BUNDLE,
            "Bundle.link has a self link that is the request",
            "Bundle.link contient un lien self égal à la requête",
            "\"link\": [{\"relation\": \"self\", \"url\": \"https://fhir.vendor.example/Slot?_include=Slot:schedule&…\"}]",
            "\"link\": [{\"relation\": \"self\", \"url\": \"https://fhir.vendor.example/Slot\"}]"),
    SELF_LINK_MISSING(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.BUNDLE,
            "Bundle.link has a self link",
            "Bundle.link contient un lien self",
            "{\"resourceType\": \"Bundle\", \"link\": [{\"relation\": \"self\", \"url\": \"https://fhir.vendor.example/Slot\"}]}",
            "{\"resourceType\": \"Bundle\", \"link\": null}"),
    FULL_URL_MISSING(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.BUNDLE,
            "Every entry has a fullUrl",
            "Chaque entrée a un fullUrl",
            "\"fullUrl\": \"https://fhir.vendor.example/Slot/12\"",
            "\"fullUrl\": null"),
    SEARCH_MODE(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.BUNDLE,
            "search.mode is \"match\" for what was searched (Slots; SOS Médecins: Schedules) and \"include\" for the rest",
            "search.mode vaut « match » pour ce qui est cherché (Slot ; SOS Médecins : Schedule) et « include » pour le reste",
            "\"search\": {\"mode\": \"match\"}",
            "\"search\": {\"mode\": \"include\"}"),
    ENTRY_WITHOUT_RESOURCE(
            Topic.SEARCH,
            Severity.REJECTED,
            Page.BUNDLE,
            "Every entry has a resource with a resourceType",
            "Chaque entrée contient une ressource avec un resourceType",
            "\"resource\": {\"resourceType\": \"Slot\", \"id\": \"12\"}",
            "\"resource\": {\"id\": \"12\"}"),
    UNREADABLE_ENTRY(
            Topic.SEARCH,
            Severity.REJECTED,
            Page.BUNDLE,
            "Every entry is a readable FHIR R4 resource",
            "Chaque entrée est une ressource FHIR R4 lisible",
            "\"resource\": {\"resourceType\": \"Slot\", \"serviceType\": []}",
            "\"resource\": {\"resourceType\": \"Slot\", \"contained\": [{\"resourceType\": \"Créneau\"}]}"),
    UNEXPECTED_RESOURCE(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.BUNDLE,
            "An answer has no resources of types that were not asked for",
            "Une réponse ne contient pas de ressources de types non demandés",
            "\"resource\": {\"resourceType\": \"Practitioner\", \"id\": \"12\"}",
            "\"resource\": {\"resourceType\": \"Patient\", \"id\": \"12\"}"),
    RESOURCE_NOT_REFERRED_TO(
            Topic.SEARCH,
            Severity.TOLERATED,
            Page.SEARCH,
            "What is included belongs to a Slot of the answer",
            "Ce qui est inclus appartient à un créneau de la réponse",
            "Schedule/12, to which a Slot refers",
            "Schedule/13, to which no Slot refers"),
    ID_MISSING(
            Topic.SEARCH,
            Severity.NOTED,
            Page.SEARCH,
            "Every resource has an id",
            "Chaque ressource a un id",
            "{\"resourceType\": \"Slot\", \"id\": \"creneau-12\"}",
            "{\"resourceType\": \"Slot\", \"id\": null}"),
    DUPLICATE_ID(
            Topic.REFERENCES,
            Severity.REJECTED,
            Page.BUNDLE,
            "Two resources of one answer do not have the same id; the first one is kept",
            "Deux ressources d'une réponse ne portent pas le même id ; la première est gardée",
            "Slot/12 and Slot/13",
            "Slot/12 and Slot/12"),
    PROFILE_NOT_CLAIMED(
            Topic.PROFILES,
            Severity.TOLERATED,
            Page.SEARCH,
            "Every resource names the guide's profile in meta.profile",
            "Chaque ressource nomme le profil du guide dans meta.profile",
            "{\"resourceType\": \"Slot\", \"meta\": {\"profile\": [\"http://sas.fr/fhir/StructureDefinition/FrSlotAgregateur\"]}}",
            "{\"resourceType\": \"Slot\", \"meta\": {\"profile\": null}}"),
    MODIFIER_EXTENSION(
            Topic.SEARCH,
            Severity.REJECTED,
            Page.BUNDLE,
            "There is no modifier extension: it may change the meaning of the resource, and none is known",
            "Il n'y a pas d'extension modificatrice : elle peut changer le sens de la ressource, et aucune n'est connue",
            "{\"resourceType\": \"Slot\", \"extension\": [{\"url\": \"https://vendor.example/couleur\", \"valueString\": \"bleu\"}]}",
            "{\"resourceType\": \"Slot\", \"modifierExtension\": [{\"url\": \"https://vendor.example/annule\", \"valueBoolean\": true}]}"),
    VALUE_LEFT_OUT(
            Topic.CARDINALITIES,
            Severity.NOTED,
            Page.BUNDLE,
            "No value is empty, or of another type than FHIR gives it; such a value is left out",
            "Aucune valeur n'est vide ou d'un autre type que celui de FHIR ; une telle valeur n'est pas retenue",
            "{\"resourceType\": \"Slot\", \"specialty\": [{\"text\": \"Médecine générale\"}]}",
            "{\"resourceType\": \"Slot\", \"specialty\": [{\"text\": \"\"}]}"),
    PROFILE(
            Topic.PROFILES,
            Severity.NOTED,
            Page.BUNDLE,
            "The answer follows the guide's profiles",
            "La réponse suit les profils du guide",
            "no error of the FHIR validator",
            "an error of the FHIR validator"),
    PROFILE_WARNING(
            Topic.PROFILES,
            Severity.TOLERATED,
            Page.BUNDLE,
            "The answer follows what the profiles advise",
            "La réponse suit ce que les profils conseillent",
            "no warning of the FHIR validator",
            "a warning of the FHIR validator");

    private final Demand demand;

    AnswerRule(Topic topic, Severity severity, Page page, String english, String french, String passes, String fails) {
        this.demand = new Demand(topic, severity, page, english, french, passes, fails);
    }

    @Override
    public Demand demand() {
        return demand;
    }
}
