package fr.sas.hub.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A booking vendor's FHIR server on a free port of this machine. It answers each question from what it knows, remembers
 * whom it was asked for, and misbehaves when told to: by these methods, or over HTTP by {@code POST /demo/<mood>} and
 * {@code GET /demo/asked}.
 */
public final class FakeVendor implements AutoCloseable {

    private static final int REMEMBERED = 1_000;
    private static final Duration LONGER_THAN_ANYBODY_WAITS = Duration.ofMinutes(2);
    private static final int A_FLOOD = 40_000;

    private final String id;
    private final Clock clock;
    private final VendorAnswers answers;
    private final FreeTimes times;
    private final Supplier<Duration> pace;
    private final VendorFault planted;
    private final VendorAccounts accounts = new VendorAccounts();
    private final Deque<String> requests = new ConcurrentLinkedDeque<>();
    private final WireMockServer server;
    private final Deque<VendorQuestion> questions = new ConcurrentLinkedDeque<>();
    private volatile VendorMood mood = new VendorMood.Well();

    private FakeVendor(Builder built) {
        this.id = built.id;
        this.clock = built.clock;
        this.times = new FreeTimes(built.seed, built.percentFree);
        this.answers = new VendorAnswers(built.id, built.book, times, built.hand);
        this.pace = built.pace;
        this.planted = built.planted;
        WireMockConfiguration options = WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .asynchronousResponseEnabled(true)
                .maxRequestJournalEntries(10)
                .extensions(new Answering());
        if (built.certificate != null) {
            built.certificate.shownBy(options);
        }
        this.server = new WireMockServer(options);
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(Answering.NAME)));
    }

    public static Builder aFakeVendor(String id, VendorBook book) {
        return new Builder(id, book);
    }

    /** Neat, prompt, a third of its grid free, until told otherwise. */
    public static final class Builder {
        private final String id;
        private final VendorBook book;
        private Clock clock = Clock.systemUTC();
        private long seed = 1;
        private int percentFree = 33;
        private VendorHand hand = VendorHand.NEAT;
        private Supplier<Duration> pace = () -> Duration.ZERO;
        private VendorFault planted = VendorFault.NONE;
        private @Nullable TestCertificate certificate;

        private Builder(String id, VendorBook book) {
            this.id = id;
            this.book = book;
        }

        public Builder seed(long seed) {
            this.seed = seed;
            return this;
        }

        public Builder free(int percent) {
            this.percentFree = percent;
            return this;
        }

        public Builder hand(VendorHand hand) {
            this.hand = hand;
            return this;
        }

        public Builder fault(VendorFault planted) {
            this.planted = planted;
            return this;
        }

        /** It is spoken to by HTTPS, and shows this. */
        public Builder encrypted(TestCertificate certificate) {
            this.certificate = certificate;
            return this;
        }

        /** How long each answer takes, asked once per answer. */
        public Builder pace(Supplier<Duration> pace) {
            this.pace = pace;
            return this;
        }

        public Builder clock(Clock clock) {
            this.clock = clock;
            return this;
        }

        public FakeVendor start() {
            return new FakeVendor(this);
        }
    }

    public String id() {
        return id;
    }

    public String baseUrl() {
        return server.isHttpsEnabled()
                ? "https://127.0.0.1:" + server.httpsPort()
                : "http://127.0.0.1:" + server.port();
    }

    /** The last questions, oldest first. */
    public List<VendorQuestion> questions() {
        return List.copyOf(questions);
    }

    /** Method and address of every request, {@code /demo} aside. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Regulators' accounts that were written, by {@code system|value}. */
    public Map<String, JsonNode> accounts() {
        return accounts.all();
    }

    /** Everybody asked for since the vendor started or last {@link #forget forgot}. */
    public Set<String> asked() {
        return questions.stream()
                .flatMap(question -> question.asked().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public void forget() {
        questions.clear();
    }

    public void hang() {
        mood = new VendorMood.Hanging();
    }

    public void failWith(int status) {
        mood = new VendorMood.Failing(status, Duration.ZERO);
    }

    public void throttle(Duration retryAfter) {
        mood = new VendorMood.Failing(429, retryAfter);
    }

    public void lie() {
        mood = new VendorMood.Lying();
    }

    /** @param slots in each answer about practitioners, a second apart */
    public void flood(int slots) {
        mood = new VendorMood.Flooding(slots);
    }

    public void behave() {
        mood = new VendorMood.Well();
    }

    /** When this person (or site, by its local id) is free within the window, at their first place. */
    public List<Instant> freeTimes(String person, java.time.ZoneId zone, Instant from, Instant to) {
        return times.of(person, 0, zone, from, to);
    }

    /** Somebody booked it with the vendor. */
    public void take(String person, Instant start) {
        times.take(person, start);
    }

    /** One more slot at the person's first place. */
    public void add(String person, Instant start) {
        times.add(person, start);
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Answering implements ResponseDefinitionTransformerV2 {

        private static final String NAME = "fake-vendor";

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            Request request = event.getRequest();
            if (request.getUrl().startsWith("/demo/")) {
                return control(request.getMethod(), request.getUrl().substring("/demo/".length()));
            }
            requests.add(request.getMethod() + " " + request.getUrl());
            return planted.spoil(request, () -> answer(request)).build();
        }

        private ResponseDefinitionBuilder answer(Request request) {
            if (request.getUrl().equals("/metadata")) {
                ResponseDefinitionBuilder statement = fhir(VendorStatement.json());
                return mood instanceof VendorMood.Hanging
                        ? statement.withFixedDelay((int) LONGER_THAN_ANYBODY_WAITS.toMillis())
                        : statement;
            }
            if (request.getUrl().startsWith("/Practitioner")
                    && !request.getMethod().equals(RequestMethod.GET)) {
                return accounts.answer(request);
            }
            if (!request.getUrl().startsWith("/Slot?") && !request.getUrl().startsWith("/Schedule?")) {
                return outcome(404, "not-found", "Nothing lives here: " + request.getUrl());
            }
            VendorQuestion question;
            try {
                question = VendorQuestion.of(request, clock.instant());
            } catch (VendorQuestion.Incomplete | java.time.DateTimeException e) {
                return outcome(400, "required", e.getMessage());
            }
            questions.add(question);
            if (questions.size() > REMEMBERED) {
                questions.poll();
            }
            return answer(question, request);
        }

        private ResponseDefinitionBuilder answer(VendorQuestion question, Request request) {
            VendorMood now = mood;
            ResponseDefinitionBuilder answer = switch (now) {
                case VendorMood.Well well -> ok(question, request, now);
                case VendorMood.Lying lying -> ok(question, request, now);
                case VendorMood.Flooding flooding -> ok(question, request, now);
                case VendorMood.Failing failing -> failure(failing);
                case VendorMood.Hanging hanging -> ok(question, request, now);
            };
            Duration delay = now instanceof VendorMood.Hanging ? LONGER_THAN_ANYBODY_WAITS : pace.get();
            return delay.isZero() ? answer : answer.withFixedDelay((int) delay.toMillis());
        }

        private ResponseDefinitionBuilder ok(VendorQuestion question, Request request, VendorMood mood) {
            ObjectNode bundle = answers.answer(question, mood).toNode();
            VendorPaging.page(bundle, request);
            planted.spoil(request, bundle);
            return fhir(bundle.toString());
        }

        private ResponseDefinitionBuilder fhir(String json) {
            return aResponse()
                    .withStatus(200)
                    .withHeader("Content-Type", "application/json+fhir;charset=utf-8")
                    .withBody(json);
        }

        private ResponseDefinitionBuilder failure(VendorMood.Failing failing) {
            ResponseDefinitionBuilder answer = outcome(failing.status(), "transient", "Panne simulée");
            return failing.retryAfter().isZero()
                    ? answer
                    : answer.withHeader(
                            "Retry-After", Long.toString(failing.retryAfter().toSeconds()));
        }

        private ResponseDefinitionBuilder outcome(int status, String code, String text) {
            return aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "application/fhir+json;charset=utf-8")
                    .withBody(VendorBundle.anOutcome("error", code, text).toString());
        }

        private ResponseDefinition control(RequestMethod method, String word) {
            if (method.equals(RequestMethod.GET) && word.equals("asked")) {
                return text(200, lines(questions));
            }
            if (!method.equals(RequestMethod.POST)) {
                return text(405, "POST a mood: hang, fail, throttle, lie, flood, behave; or GET asked\n");
            }
            switch (word) {
                case "hang" -> hang();
                case "fail" -> failWith(500);
                case "throttle" -> throttle(Duration.ofSeconds(30));
                case "lie" -> lie();
                case "flood" -> flood(A_FLOOD);
                case "behave" -> behave();
                case "forget" -> forget();
                default -> {
                    return text(404, "No such mood: " + word + "\n");
                }
            }
            return text(200, id + ": " + word + "\n");
        }

        private ResponseDefinition text(int status, String text) {
            return aResponse()
                    .withStatus(status)
                    .withHeader("Content-Type", "text/plain;charset=utf-8")
                    .withBody(text)
                    .build();
        }

        private static String lines(Collection<VendorQuestion> questions) {
            return questions.stream().map(question -> question + "\n").collect(Collectors.joining());
        }

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
