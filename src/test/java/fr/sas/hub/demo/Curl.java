package fr.sas.hub.demo;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A request worth trying: printed as a command that can be pasted into bash, and sent by the demo itself.
 *
 * @param query pairs {@code name=value}, not encoded
 * @param headers such as {@code Accept: application/json+fhir}
 * @param body JSON; empty when there is none
 */
record Curl(String method, String url, List<String> query, List<String> headers, String body) {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Curl get(String url, String token) {
        return new Curl("GET", url, List.of(), List.of("Authorization: Bearer " + token), "");
    }

    static Curl put(String url, String token, String json) {
        return sending("PUT", url, token, json);
    }

    static Curl post(String url, String token, String json) {
        return sending("POST", url, token, json);
    }

    static Curl delete(String url, String token) {
        return new Curl("DELETE", url, List.of(), List.of("Authorization: Bearer " + token), "");
    }

    private static Curl sending(String method, String url, String token, String json) {
        return new Curl(
                method,
                url,
                List.of(),
                List.of("Authorization: Bearer " + token, "Content-Type: application/json"),
                json);
    }

    Curl with(String name, String value) {
        List<String> more = new ArrayList<>(query);
        more.add(name + "=" + value);
        return new Curl(method, url, more, headers, body);
    }

    Curl accepting(String type) {
        return saying("Accept: " + type);
    }

    /** @param person such as {@code practitioner 899900000007} */
    Curl actingFor(String person) {
        return saying("X-Acting-Person: " + person);
    }

    private Curl saying(String header) {
        List<String> more = new ArrayList<>(headers);
        more.add(header);
        return new Curl(method, url, query, more, body);
    }

    /** @throws IOException when nobody answers */
    HttpResponse<String> send() throws IOException, InterruptedException {
        String encoded = query.stream()
                .map(pair -> pair.substring(0, pair.indexOf('=') + 1)
                        + URLEncoder.encode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", query.isEmpty() ? "" : "?", ""));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + encoded))
                .timeout(Duration.ofSeconds(20))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(header -> request.header(
                header.substring(0, header.indexOf(':')),
                header.substring(header.indexOf(':') + 1).strip()));
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** For bash, on several lines. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        String verb = query.isEmpty() ? (method.equals("GET") ? "" : "-X " + method + " ") : "-G ";
        parts.add("curl -sS " + verb + quoted(url));
        headers.forEach(header -> parts.add("-H " + quoted(header)));
        query.forEach(pair -> parts.add("--data-urlencode " + quoted(pair)));
        if (!body.isEmpty()) {
            parts.add("-d " + quoted(body));
        }
        return String.join(" \\\n  ", parts);
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
