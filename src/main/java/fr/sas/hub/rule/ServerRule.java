package fr.sas.hub.rule;

/** Rules about a vendor's server: how it is reached, what it says of itself, how it behaves. */
public enum ServerRule implements Rule {
    REACHABLE(
            Topic.REACHABILITY,
            Severity.REJECTED,
            Page.SECURITY,
            "The base URL is reachable and answers over HTTP",
            "L'adresse de base est joignable et répond en HTTP",
            "any answer within 7 seconds",
            "connection refused"),
    TLS(
            Topic.REACHABILITY,
            Severity.REJECTED,
            Page.SECURITY,
            "The connection is encrypted by TLS 1.2 or newer, with a certificate that is valid and trusted for the host",
            "La connexion est chiffrée en TLS 1.2 ou plus récent, avec un certificat valide et reconnu pour cet hôte",
            "https://fhir.vendor.example, TLSv1.3",
            "http://fhir.vendor.example"),
    CERTIFICATE_ENDS_SOON(
            Topic.REACHABILITY,
            Severity.TOLERATED,
            Page.SECURITY,
            "The server's certificate is valid for another 30 days at least",
            "Le certificat du serveur est encore valable au moins 30 jours",
            "valid for 200 days",
            "valid for 3 days"),
    REDIRECTED(
            Topic.REACHABILITY,
            Severity.REJECTED,
            Page.SEARCH,
            "The base URL answers itself; redirections are not followed",
            "L'adresse de base répond elle-même ; les redirections ne sont pas suivies",
            "HTTP 200",
            "HTTP 302, Location: /connexion"),
    METADATA_MISSING(
            Topic.METADATA,
            Severity.TOLERATED,
            Page.CAPABILITIES,
            "GET [base]/metadata is answered with a CapabilityStatement",
            "GET [base]/metadata renvoie un CapabilityStatement",
            "{\"resourceType\": \"CapabilityStatement\", \"fhirVersion\": \"4.0.1\", …}",
            "HTTP 404"),
    METADATA_VERSION(
            Topic.METADATA,
            Severity.TOLERATED,
            Page.CAPABILITIES,
            "CapabilityStatement.fhirVersion is 4.0.1",
            "CapabilityStatement.fhirVersion est 4.0.1",
            "\"fhirVersion\": \"4.0.1\"",
            "\"fhirVersion\": \"3.0.2\""),
    METADATA_SEARCH(
            Topic.METADATA,
            Severity.TOLERATED,
            Page.CAPABILITIES,
            "The CapabilityStatement declares the search of Slot (SOS Médecins: of Schedule)",
            "Le CapabilityStatement déclare la recherche de Slot (SOS Médecins : de Schedule)",
            "\"resource\": [{\"type\": \"Slot\", \"interaction\": [{\"code\": \"search-type\"}]}]",
            "\"resource\": [{\"type\": \"Patient\"}]"),
    ACCEPT(
            Topic.SEARCH,
            Severity.NOTED,
            Page.SEARCH,
            "The answer is the same for Accept: application/json+fhir and Accept: application/fhir+json",
            "La réponse est la même pour Accept: application/json+fhir et Accept: application/fhir+json",
            "HTTP 200 for both",
            "HTTP 406 for one of them"),
    SEVERAL_AT_ONCE(
            Topic.PRACTITIONERS,
            Severity.REJECTED,
            Page.SEARCH,
            "Several practitioners asked for at once (25 at most) have the slots that each has alone",
            "Plusieurs professionnels demandés ensemble (25 au plus) ont les créneaux que chacun a seul",
            "A and B together: slots of A and of B",
            "A and B together: slots of A only"),
    UNKNOWN_IS_EMPTY(
            Topic.UNKNOWN_PRACTITIONER,
            Severity.REJECTED,
            Page.SEARCH,
            "A practitioner whom the vendor does not know: HTTP 200, total 0, no entry",
            "Un professionnel que l'éditeur ne connaît pas : HTTP 200, total 0, aucune entrée",
            "HTTP 200 {\"resourceType\": \"Bundle\", \"type\": \"searchset\", \"total\": 0, …}",
            "HTTP 404"),
    ERROR_STATUS(
            Topic.ERRORS,
            Severity.NOTED,
            Page.SEARCH,
            "A malformed search is refused with HTTP 4xx",
            "Une recherche mal formée est refusée avec HTTP 4xx",
            "start=gedemain: HTTP 400",
            "start=gedemain: HTTP 500"),
    ERROR_OUTCOME(
            Topic.ERRORS,
            Severity.TOLERATED,
            Page.SEARCH,
            "An error's body is an OperationOutcome that says what is wrong",
            "Le corps d'une erreur est un OperationOutcome qui dit ce qui ne va pas",
            "{\"resourceType\": \"OperationOutcome\", \"issue\": […]}",
            "<html>Erreur</html>"),
    PAGES_LOOP(
            Topic.PAGING,
            Severity.REJECTED,
            Page.SEARCH,
            "next links end: no page points back to one already read",
            "Les liens next se terminent : aucune page ne renvoie à une page déjà lue",
            "page 1, page 2, page 3",
            "page 1, page 2, page 1"),
    PAGE_LOST(
            Topic.PAGING,
            Severity.REJECTED,
            Page.SEARCH,
            "Every page that a next link names is on the same server, and readable",
            "Chaque page désignée par un lien next est sur le même serveur, et lisible",
            "page 2: HTTP 200",
            "page 2: HTTP 404"),
    TOO_LARGE(
            Topic.PAGING,
            Severity.REJECTED,
            Page.SEARCH,
            "An answer is of bearable size: 20 MB a page, 50 pages",
            "Une réponse est d'une taille supportable : 20 Mo par page, 50 pages",
            "500 kB",
            "40 MB"),
    PAGES_LOSE_SLOTS(
            Topic.PAGING,
            Severity.REJECTED,
            Page.SEARCH,
            "With _count, pages and their next links bring the same slots as without",
            "Avec _count, les pages et leurs liens next apportent les mêmes créneaux que sans",
            "_count=1: the same slots, page by page",
            "_count=1: one slot and no next link"),
    RESPONSE_TIME(
            Topic.RESPONSE_TIME,
            Severity.REJECTED,
            Page.SEARCH,
            "The complete answer is there within 7 seconds; later ones are ignored",
            "La réponse complète arrive en moins de 7 secondes ; au-delà elle est ignorée",
            "0.4 s",
            "9 s"),
    RESPONSE_TIME_ONE(
            Topic.RESPONSE_TIME,
            Severity.TOLERATED,
            Page.SEARCH,
            "The answer about one practitioner takes less than a second",
            "La réponse concernant un professionnel prend moins d'une seconde",
            "0.2 s",
            "1.8 s"),
    ACCOUNT_CREATED(
            Topic.ACCOUNTS,
            Severity.REJECTED,
            Page.ACCOUNTS,
            "POST [base]/Practitioner creates a regulator's account: HTTP 201",
            "POST [base]/Practitioner crée le compte d'un régulateur : HTTP 201",
            "HTTP 201, Location: [base]/Practitioner/12",
            "HTTP 404"),
    ACCOUNT_LOCATION(
            Topic.ACCOUNTS,
            Severity.TOLERATED,
            Page.ACCOUNTS,
            "The answer to a created account has a Location header with its id",
            "La réponse à un compte créé a un en-tête Location avec son id",
            "Location: https://fhir.vendor.example/Practitioner/12",
            "no Location"),
    ACCOUNT_UPDATED(
            Topic.ACCOUNTS,
            Severity.REJECTED,
            Page.ACCOUNTS,
            "PUT [base]/Practitioner?identifier=system|value changes the account of that identifier: HTTP 200",
            "PUT [base]/Practitioner?identifier=système|valeur modifie le compte de cet identifiant : HTTP 200",
            "HTTP 200",
            "HTTP 404"),
    ACCOUNT_NATIONAL_ID(
            Topic.ACCOUNTS,
            Severity.REJECTED,
            Page.ACCOUNTS,
            "An account's identifier may change from the technical one to the national one, in an update by the old one",
            "L'identifiant d'un compte peut passer du technique au national, par une mise à jour sous l'ancien",
            "HTTP 200",
            "HTTP 422"),
    ACCOUNT_UNKNOWN_CREATED(
            Topic.ACCOUNTS,
            Severity.REJECTED,
            Page.ACCOUNTS,
            "PUT of an unknown identifier creates the account: HTTP 201",
            "PUT d'un identifiant inconnu crée le compte : HTTP 201",
            "HTTP 201",
            "HTTP 404"),
    ACCOUNT_DISABLED(
            Topic.ACCOUNTS,
            Severity.REJECTED,
            Page.ACCOUNTS,
            "active=false takes the habilitation away at once: HTTP 200",
            "active=false retire l'habilitation aussitôt : HTTP 200",
            "HTTP 200",
            "HTTP 422");

    private final Demand demand;

    ServerRule(Topic topic, Severity severity, Page page, String english, String french, String passes, String fails) {
        this.demand = new Demand(topic, severity, page, english, french, passes, fails);
    }

    @Override
    public Demand demand() {
        return demand;
    }
}
