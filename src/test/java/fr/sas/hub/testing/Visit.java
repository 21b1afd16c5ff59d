package fr.sas.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody's session and the token of their pages: what a page would not offer is sent all the same, and nothing is followed. */
public final class Visit {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final int port;
    private final String session;
    private final String token;

    private Visit(int port, String session, String token) {
        this.port = port;
        this.session = session;
        this.token = token;
    }

    /** The terms accepted. @param subject by which the provider knows them */
    public static Visit signedIn(int port, String subject, Map<String, Object> claims) {
        PageReader reader = SignInProvider.signIn(port, subject, claims);
        reader.open("/espace/compte");
        return of(port, reader);
    }

    /** The same session and token in another window. */
    public static Visit of(int port, PageReader reader) {
        Matcher token = TOKEN.matcher(reader.shown().body());
        if (!token.find()) {
            throw new AssertionError("Not signed in: " + reader.shown().uri());
        }
        return new Visit(port, reader.session(), token.group(1));
    }

    public Visit withoutToken() {
        return new Visit(port, session, "");
    }

    public static Visit ofNobody(int port) {
        return new Visit(port, "", "");
    }

    /** @param form what is sent with a write, encoded */
    public HttpResponse<String> send(String method, String path, String form) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Accept", "text/html")
                .header("Cookie", "hub-session=" + session);
        if (!method.equals("GET")) {
            request.header("Origin", "http://localhost:" + port)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .method(
                            method,
                            BodyPublishers.ofString(
                                    "_csrf=" + URLEncoder.encode(token, StandardCharsets.UTF_8) + "&" + form));
        }
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
