package fr.sas.hub.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * What a browser shows where the server refuses a request before anything that draws pages sees it: without the look of the
 * other pages, but in the person's language, and with a way on.
 */
final class PlainErrorPage {

    private static final Wording TITLE =
            new Wording("Your request could not be completed.", "Votre demande n'a pas abouti.");
    private static final Wording NOT_READ = new Wording(
            "The platform could not read this address, or what your browser sent with it; nothing was changed. Check the"
                    + " address, or start again from the home page.",
            "La plateforme n'a pas pu lire cette adresse, ou ce que votre navigateur a envoyé avec elle ; rien n'a été"
                    + " modifié. Vérifiez l'adresse, ou repartez de l'accueil.");
    private static final Wording FAILED = new Wording(
            "The platform could not process your request. Try again in a few minutes.",
            "La plateforme n'a pas pu traiter votre demande. Réessayez dans quelques minutes.");
    private static final Wording HOME = new Wording("Go back to the home page.", "Revenez à l'accueil.");

    private PlainErrorPage() {}

    static boolean isFor(HttpServletRequest request) {
        String address = request.getRequestURI();
        return address != null
                && !address.isEmpty()
                && !ServerErrors.isForPrograms(address)
                && MediaTypes.acceptsByName(request, MediaType.TEXT_HTML);
    }

    static void describe(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_HTML_VALUE);
        Map.of(
                        "Content-Security-Policy",
                        "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
                        "X-Content-Type-Options",
                        "nosniff",
                        "X-Frame-Options",
                        "DENY",
                        HttpHeaders.CACHE_CONTROL,
                        "no-store")
                .forEach(response::setHeader);
    }

    /** @param ours whether the hub is to blame, not the request */
    static String in(Locale language, boolean ours) {
        return """
                <!doctype html>
                <html lang="%1$s">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="color-scheme" content="light dark">
                <title>%2$s · Service d'Accès aux Soins</title>
                </head>
                <body>
                <main>
                <h1>%2$s</h1>
                <p role="alert">%3$s</p>
                <p><a href="/">%4$s</a></p>
                </main>
                </body>
                </html>
                """.formatted(
                language.getLanguage(), TITLE.in(language), (ours ? FAILED : NOT_READ).in(language), HOME.in(language));
    }
}
