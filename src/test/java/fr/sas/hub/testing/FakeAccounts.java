package fr.sas.hub.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A vendor's book of regulators' accounts over HTTP (INT_R02): keeps what it is told, and misbehaves when told to. */
public final class FakeAccounts implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGER_THAN_ANYBODY_WAITS = 60_000;

    /** @param query raw; empty when there was none */
    public record Told(String method, String query, String body) {
        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record Mood(int status, Optional<String> retryAfter, String words) {}

    private final Map<String, JsonNode> accounts = new ConcurrentHashMap<>();
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private final WireMockServer server;
    private volatile Optional<Mood> mood = Optional.empty();
    private volatile boolean silentAfterwards;
    private volatile Predicate<JsonNode> refused = account -> false;
    private volatile String reason = "such an account breaks our rule 7";

    public FakeAccounts() {
        server = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .asynchronousResponseEnabled(true)
                .disableRequestJournal()
                .extensions(new Answering()));
        server.start();
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(Answering.NAME)));
    }

    public String baseUrl() {
        return "http://127.0.0.1:" + server.port();
    }

    /** Everything that was ever asked of it, in order. */
    public List<Told> told() {
        return List.copyOf(told);
    }

    /** The account of this identifier's value. */
    public Optional<JsonNode> account(String identifier) {
        return Optional.ofNullable(accounts.get(identifier));
    }

    public int size() {
        return accounts.size();
    }

    public void failWith(int status) {
        mood = Optional.of(new Mood(status, Optional.empty(), "not now"));
    }

    public void failWith(int status, String retryAfter) {
        mood = Optional.of(new Mood(status, Optional.of(retryAfter), "not now"));
    }

    /** It takes what it is told, and does not answer. */
    public void takeAndSayNothing() {
        mood = Optional.empty();
        silentAfterwards = true;
    }

    /** Answers 422 and these words whenever it is told of such an account. */
    public void refuse(Predicate<JsonNode> refused) {
        this.refused = refused;
    }

    /** The same in other words, as they stand in JSON. */
    public void refuseAll(String reason) {
        this.reason = reason;
        this.refused = account -> true;
    }

    public void behave() {
        mood = Optional.empty();
        silentAfterwards = false;
        refused = account -> false;
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Answering implements ResponseDefinitionTransformerV2 {

        private static final String NAME = "fake-accounts";

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            Request request = event.getRequest();
            String query = request.getUrl().contains("?")
                    ? request.getUrl().substring(request.getUrl().indexOf('?') + 1)
                    : "";
            Told call = new Told(request.getMethod().getName(), query, request.getBodyAsString());
            if (!request.getUrl().startsWith("/Practitioner")) {
                return aResponse().withStatus(404).build();
            }
            told.add(call);
            if (mood.isPresent()) {
                ResponseDefinitionBuilder no = outcome(mood.get().status, mood.get().words);
                mood.get().retryAfter.ifPresent(value -> no.withHeader("Retry-After", value));
                return no.build();
            }
            ResponseDefinitionBuilder answer = answer(call);
            return silentAfterwards
                    ? answer.withFixedDelay(LONGER_THAN_ANYBODY_WAITS).build()
                    : answer.build();
        }

        private ResponseDefinitionBuilder answer(Told call) {
            String asked = call.query.replace("%7C", "|").replaceFirst("^identifier=[^|]*\\|", "");
            if (call.method.equals("GET")) {
                int total = accounts.containsKey(decoded(asked)) ? 1 : 0;
                return aResponse()
                        .withBody("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":" + total + "}");
            }
            JsonNode account = call.json();
            String identifier = account.at("/identifier/0/value").asText();
            if (refused.test(account)) {
                return outcome(422, reason);
            }
            if (call.method.equals("POST")) {
                return accounts.putIfAbsent(identifier, account) == null
                        ? aResponse().withStatus(201).withHeader("Location", baseUrl() + "/Practitioner/1")
                        : outcome(409, "this account exists");
            }
            accounts.remove(decoded(asked));
            accounts.put(identifier, account);
            return aResponse().withStatus(200);
        }

        private static String decoded(String value) {
            return java.net.URLDecoder.decode(value, java.nio.charset.StandardCharsets.UTF_8);
        }

        private static ResponseDefinitionBuilder outcome(int status, String words) {
            return aResponse()
                    .withStatus(status)
                    .withBody(
                            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"diagnostics\":\""
                                    + words + "\"}]}");
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }

        @Override
        public String getName() {
            return NAME;
        }
    }
}
