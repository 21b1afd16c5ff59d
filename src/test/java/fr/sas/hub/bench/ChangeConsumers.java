package fr.sas.hub.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Two that follow {@code Slot/$changes}, each on a node of its own: one asks again and again and waits for an answer, the other
 * reads a stream. They note when they are told that a subject's slots are gone.
 */
final class ChangeConsumers implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CHANGES = "/fhir/Slot/$changes";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Told polled = new Told();
    private final Told streamed = new Told();
    private volatile boolean ended;

    /** Returns once both have read everything so far. */
    ChangeConsumers(String pollingAt, String streamingAt) throws IOException, InterruptedException {
        String position = upToDate(pollingAt);
        Thread.ofVirtual().start(() -> polled.until(() -> poll(pollingAt, position)));
        Thread.ofVirtual().start(() -> streamed.until(() -> stream(streamingAt, position)));
    }

    /** When a consumer was told of each subject, by {@link System#nanoTime}. */
    private static final class Told {

        private static final long PATIENCE_SECONDS = 30;

        private final Map<String, CompletableFuture<Long>> at = new ConcurrentHashMap<>();
        /** Completed, exceptionally, as soon as the consumer can be told nothing more. */
        private final CompletableFuture<Long> ended = new CompletableFuture<>();

        private CompletableFuture<Long> of(String subject) {
            return at.computeIfAbsent(subject, s -> new CompletableFuture<>());
        }

        void note(String subject, long now) {
            of(subject).complete(now);
        }

        long after(String subject, long began) {
            CompletableFuture<Long> told = of(subject);
            try {
                CompletableFuture.anyOf(told, ended).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                return (told.join() - began) / 1_000;
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException("not told of " + subject, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        /** Whoever waits to be told learns what went wrong. */
        private void until(Runnable consumerEnds) {
            try {
                consumerEnds.run();
                ended.completeExceptionally(new IllegalStateException("the consumer has ended"));
            } catch (RuntimeException e) {
                ended.completeExceptionally(e);
            }
        }
    }

    /** In microseconds from then, by {@link System#nanoTime}; waits until it is told. */
    long polledAfter(String subject, long began) {
        return polled.after(subject, began);
    }

    long streamedAfter(String subject, long began) {
        return streamed.after(subject, began);
    }

    /** The first request for changes has everything written down, which takes some time. */
    private String upToDate(String node) throws IOException, InterruptedException {
        String next = CHANGES + "?since=0";
        int idle = 0;
        while (idle < 3) {
            JsonNode page = JSON.readTree(get(node, next + "&wait=2").body());
            idle = page.has("entry") ? 0 : idle + 1;
            next = next(page);
        }
        return next;
    }

    private void poll(String node, String from) {
        String next = from;
        try {
            while (!ended) {
                JsonNode page = JSON.readTree(get(node, next + "&wait=10").body());
                note(page, polled);
                next = next(page);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stream(String node, String from) {
        try (Stream<String> lines = http.send(
                        request(node, from)
                                .header("Accept", "text/event-stream")
                                .build(),
                        HttpResponse.BodyHandlers.ofLines())
                .body()) {
            lines.takeWhile(line -> !ended)
                    .filter(line -> line.startsWith("data:"))
                    .forEach(line -> note(parsed(line.substring("data:".length())), streamed));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void note(JsonNode page, Told told) {
        long now = System.nanoTime();
        for (JsonNode entry : page.path("entry")) {
            String url = entry.at("/request/url").asText();
            if (entry.at("/request/method").asText().equals("DELETE") && url.startsWith("Slot/")) {
                told.note(url.substring("Slot/".length(), url.indexOf('-')), now);
            }
        }
    }

    private static String next(JsonNode page) {
        for (JsonNode link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                String url = link.path("url").asText();
                String address = url.substring(url.indexOf("/fhir/"));
                int more = address.indexOf('&');
                return more < 0 ? address : address.substring(0, more);
            }
        }
        throw new IllegalStateException("no next page: " + page);
    }

    private HttpResponse<String> get(String node, String address) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request(node, address).build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return answer;
    }

    private static HttpRequest.Builder request(String node, String address) {
        return HttpRequest.newBuilder(URI.create(node + address)).header("Authorization", "Bearer bench-search");
    }

    @Override
    public void close() {
        ended = true;
        http.shutdownNow();
    }
}
