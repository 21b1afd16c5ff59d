package fr.sas.hub.help;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at the contact form, in a browser without scripts. */
final class ContactVisit {

    static final String PATH = "/aide/contact";

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final String BOUNDARY = "----a-boundary-of-ours";

    private final HttpClient http;
    private final String hub;
    private final Map<String, String> fields = new LinkedHashMap<>();
    private final ByteArrayOutputStream files = new ByteArrayOutputStream();
    private HttpResponse<String> page;

    private ContactVisit(int port, String from) {
        try {
            http = HttpClient.newBuilder()
                    .cookieHandler(new CookieManager(null, CookiePolicy.ACCEPT_ALL))
                    .localAddress(InetAddress.getByName(from))
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        } catch (UnknownHostException e) {
            throw new UncheckedIOException(e);
        }
        hub = "http://127.0.0.1:" + port;
        page = open(PATH);
        with("role", "effecteur")
                .with("topic", "renseignement")
                .with("family", "Durand")
                .with("given", "Alice")
                .with("phone", "01 23 45 67 89")
                .with("email", "alice.durand@exemple.fr")
                .with("territory", "75")
                .with("message", "Où déclarer mes lieux d'exercice ?");
    }

    /** With everything filled in that has to be. */
    static ContactVisit at(int port) {
        return new ContactVisit(port, "127.0.0.1");
    }

    /** From another address of the network. */
    static ContactVisit from(int port, String address) {
        return new ContactVisit(port, address);
    }

    HttpResponse<String> open(String path) {
        page = send(request(path).GET());
        return page;
    }

    ContactVisit with(String field, String value) {
        fields.put(field, value);
        return this;
    }

    ContactVisit without(String field) {
        fields.remove(field);
        return this;
    }

    ContactVisit file(String name, byte[] content) {
        write("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"files\"; filename=\"" + name
                + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        files.writeBytes(content);
        write("\r\n");
        return this;
    }

    /** The page after it, the redirect followed. */
    HttpResponse<String> submit() {
        HttpResponse<String> answer = submitTo(PATH, true);
        page = answer.statusCode() == 302 || answer.statusCode() == 303
                ? open(answer.uri()
                        .resolve(answer.headers().firstValue("Location").orElseThrow())
                        .toString()
                        .substring(hub.length()))
                : answer;
        return page;
    }

    /** As multipart, wherever. */
    HttpResponse<String> submitTo(String path, boolean withToken) {
        Matcher token = TOKEN.matcher(page.body());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (withToken && token.find()) {
            fields.put("_csrf", token.group(1));
        }
        fields.forEach((name, value) -> body.writeBytes(
                ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        body.writeBytes(files.toByteArray());
        body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray())));
    }

    /** A body as it is, the token in the address, where it can be read whatever the body is. */
    HttpResponse<String> submitRaw(String contentType, String body) {
        Matcher token = TOKEN.matcher(page.body());
        String address = token.find() ? PATH + "?_csrf=" + token.group(1) : PATH;
        return send(request(address).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(hub + path))
                .header("Accept-Language", "fr")
                .header("Accept", "text/html");
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void write(String text) {
        files.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The number that a page gives to a request that was sent. */
    static long number(HttpResponse<String> page) {
        Matcher found = Pattern.compile("SAS-([0-9]{6})").matcher(page.body());
        assertThat(found.find()).as(page.body()).isTrue();
        return Long.parseLong(found.group(1));
    }
}
