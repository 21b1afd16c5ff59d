package fr.sas.hub.search;

import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseBody;
import org.springframework.web.util.HtmlUtils;

/** {@code /developpeurs}: says what is running here. Public, so it says nothing more. */
@Controller
class DevelopersPage {

    private static final String PAGE = """
            <!doctype html>
            <html lang="fr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Hub SAS</title>
            <style>
            :root { color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif; }
            body { max-width: 44rem; margin: 3rem auto; padding: 0 1rem; }
            table { border-collapse: collapse; width: 100%%; }
            th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%%, transparent); }
            code { font-size: .95em; }
            </style>
            </head>
            <body>
            <h1>Hub d’intégration des éditeurs du SAS</h1>
            <p>Ce service réunit les créneaux libres des logiciels de prise de rendez-vous et des agendas saisis à la main,
            applique les choix des praticiens, et répond aux recherches de la plateforme en FHIR R4.</p>
            <table>
            <thead><tr><th>Adresse</th><th>Contenu</th></tr></thead>
            <tbody>
            <tr><td><a href="fhir/metadata"><code>/fhir</code></a></td><td>créneaux, en FHIR R4 (jeton nécessaire, sauf <code>metadata</code>)</td></tr>
            <tr><td><code>/api/v1</code></td><td>praticiens, réglages, agendas (jeton nécessaire)</td></tr>
            <tr><td><a href="swagger-ui/index.html"><code>/v3/api-docs</code></a></td><td>description OpenAPI de <code>/api/v1</code></td></tr>
            <tr><td><a href="ops"><code>/ops</code></a></td><td>console d’exploitation (jeton de rôle ops)</td></tr>
            <tr><td><a href="actuator/health"><code>/actuator/health</code></a></td><td>état de santé</td></tr>
            </tbody>
            </table>
            <h2>Éditeurs</h2>
            %s
            </body>
            </html>
            """;

    private final Vendors vendors;

    DevelopersPage(Vendors vendors) {
        this.vendors = vendors;
    }

    @GetMapping(path = "/developpeurs", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
    @ResponseBody
    String page() {
        return PAGE.formatted(vendors.list().isEmpty() ? "<p>Aucun éditeur n’est raccordé.</p>" : table());
    }

    private String table() {
        StringBuilder rows = new StringBuilder("<table><thead><tr><th>Éditeur</th><th>Statut</th></tr></thead><tbody>");
        for (Vendor vendor : vendors.list()) {
            rows.append("<tr><td>")
                    .append(HtmlUtils.htmlEscape(vendor.name()))
                    .append("</td><td>")
                    .append(inFrench(vendor.status()))
                    .append("</td></tr>");
        }
        return rows.append("</tbody></table>").toString();
    }

    private static String inFrench(Vendor.Status status) {
        return switch (status) {
            case LIVE -> "en service";
            case TRIAL -> "à l’essai";
            case PAUSED -> "en pause";
        };
    }
}
