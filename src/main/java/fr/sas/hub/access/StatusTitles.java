package fr.sas.hub.access;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/** A status in a few words, as the title of a problem. */
final class StatusTitles {

    private static final Map<Integer, Wording> TITLES = Map.ofEntries(
            Map.entry(400, new Wording("Bad Request", "Requête mal formée")),
            Map.entry(401, new Wording("Unauthorized", "Authentification nécessaire")),
            Map.entry(403, new Wording("Forbidden", "Interdit")),
            Map.entry(404, new Wording("Not Found", "Introuvable")),
            Map.entry(405, new Wording("Method Not Allowed", "Méthode non permise")),
            Map.entry(406, new Wording("Not Acceptable", "Format de réponse non disponible")),
            Map.entry(409, new Wording("Conflict", "Conflit")),
            Map.entry(412, new Wording("Precondition Failed", "Version dépassée")),
            Map.entry(413, new Wording("Payload Too Large", "Corps trop long")),
            Map.entry(415, new Wording("Unsupported Media Type", "Format de corps non compris")),
            Map.entry(422, new Wording("Unprocessable Entity", "Saisie non valable")),
            Map.entry(429, new Wording("Too Many Requests", "Trop de requêtes")),
            Map.entry(500, new Wording("Internal Server Error", "Erreur du serveur")),
            Map.entry(503, new Wording("Service Unavailable", "Service indisponible")));

    private StatusTitles() {}

    /** Falls back to the standard phrase. */
    static Wording of(HttpStatusCode status) {
        Wording known = TITLES.get(status.value());
        if (known != null) {
            return known;
        }
        HttpStatus standard = HttpStatus.resolve(status.value());
        String phrase = standard == null ? "Error" : standard.getReasonPhrase();
        return new Wording(phrase, phrase);
    }
}
