package fr.sas.hub.rule;

/** What a rule is about; the order is that of reports. */
public enum RuleTopic {
    REACHABILITY("Reachability and TLS", "Accès et TLS"),
    METADATA("CapabilityStatement", "CapabilityStatement"),
    SEARCH("Shape of the answer", "Forme de la réponse"),
    REFERENCES("References", "Références"),
    CARDINALITIES("Required elements", "Éléments obligatoires"),
    IDENTIFIERS("Identifiers and prefixes", "Identifiants et préfixes"),
    CODES("Codes", "Codes"),
    PHONES("Phone numbers", "Numéros de téléphone"),
    DATES("Dates and times", "Dates et heures"),
    PLACES("Multiple places of practice", "Plusieurs lieux d'exercice"),
    PRACTITIONERS("Several practitioners", "Plusieurs professionnels"),
    CPTS("CPTS (INT_R04)", "CPTS (INT_R04)"),
    SOS("SOS Médecins", "SOS Médecins"),
    UNKNOWN_PRACTITIONER("Unknown practitioner", "Professionnel inconnu"),
    ERRORS("Errors", "Erreurs"),
    PAGING("Paging", "Pagination"),
    RESPONSE_TIME("Response time", "Temps de réponse"),
    ACCOUNTS("Regulator accounts (INT_R02)", "Comptes régulateurs (INT_R02)"),
    APPOINTMENTS("Appointments (INT_R03)", "Rendez-vous (INT_R03)"),
    PROFILES("FHIR profiles", "Profils FHIR");

    private final String english;
    private final String french;

    RuleTopic(String english, String french) {
        this.english = english;
        this.french = french;
    }

    public String english() {
        return english;
    }

    public String french() {
        return french;
    }
}
