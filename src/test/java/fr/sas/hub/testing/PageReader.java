package fr.sas.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody at a browser without scripts: it keeps cookies, follows redirects, and sends the forms of the page it shows. */
public final class PageReader {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([^\"]+)\"");

    /** The JDK's own client gives up after five. */
    private static final int MOST_REDIRECTS = 12;

    private final CookieManager cookies = new CookieManager(null, CookiePolicy.ACCEPT_ALL);
    private final HttpClient http = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final List<String> passed = new ArrayList<>();
    private final String hub;
    private HttpResponse<String> page;

    public PageReader(int port) {
        hub = "http://localhost:" + port;
        page = open("/connexion");
    }

    public HttpResponse<String> open(String path) {
        page = send(HttpRequest.newBuilder(URI.create(path.startsWith("http") ? path : hub + path)));
        return page;
    }

    /** The page that is shown. */
    public HttpResponse<String> shown() {
        return page;
    }

    /** By the button of the sign-in page, through the provider and back. */
    public HttpResponse<String> signIn() {
        return open("/connexion/aller");
    }

    /** Sends a form of the page that is shown. @param fields name and value in turn */
    public HttpResponse<String> submit(String action, String... fields) {
        return submitFrom(hub, action, fields);
    }

    /** The same, sent by a page of another site. @param origin such as {@code https://elsewhere.example} */
    public HttpResponse<String> submitFrom(String origin, String action, String... fields) {
        Matcher token = TOKEN.matcher(page.body());
        StringBuilder form = new StringBuilder(token.find() ? "_csrf=" + encoded(token.group(1)) : "");
        for (int i = 0; i < fields.length; i += 2) {
            form.append('&').append(fields[i]).append('=').append(encoded(fields[i + 1]));
        }
        page = send(HttpRequest.newBuilder(URI.create(hub + action))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Origin", origin)
                .header("Sec-Fetch-Site", origin.equals(hub) ? "same-origin" : "cross-site")
                .header("Referer", origin.equals(hub) ? page.uri().toString() : origin + "/")
                .POST(BodyPublishers.ofString(form.toString())));
        return page;
    }

    /** On the page of the terms, which whoever signed in for the first time is shown. */
    public HttpResponse<String> acceptTerms() {
        Matcher version = VERSION.matcher(page.body());
        return submit("/conditions", "version", version.find() ? version.group(1) : "", "accepted", "true");
    }

    public String session() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("hub-session"))
                .findFirst()
                .map(java.net.HttpCookie::getValue)
                .orElse("");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        passed.clear();
        HttpResponse<String> answer = once(request);
        while (passed.size() < MOST_REDIRECTS) {
            Optional<String> next = next(answer);
            if (next.isEmpty()) {
                break;
            }
            answer = once(HttpRequest.newBuilder(answer.uri().resolve(next.get())));
        }
        return answer;
    }

    private static Optional<String> next(HttpResponse<String> answer) {
        return answer.statusCode() / 100 == 3
                ? answer.headers().firstValue("Location")
                : answer.headers().firstValue("Refresh").map(refresh -> refresh.substring(refresh.indexOf("url=") + 4));
    }

    private HttpResponse<String> once(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = http.send(
                    request.header("Accept-Language", "fr")
                            .header("Accept", "text/html")
                            .build(),
                    BodyHandlers.ofString());
            passed.add(answer.uri().toString());
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The addresses between the last click and the page that is shown, both included. */
    public List<String> passed() {
        return List.copyOf(passed);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
