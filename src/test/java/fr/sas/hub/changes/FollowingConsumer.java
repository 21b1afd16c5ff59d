package fr.sas.hub.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.testing.HubClient;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/**
 * Follows changes as the documentation says: holds what a PUT brings, drops what a DELETE names, ignores slots that have
 * ended, and what nothing refers to.
 */
public final class FollowingConsumer {

    private final HubClient hub;
    private final Map<String, JsonNode> held = new TreeMap<>();
    private String next;

    private FollowingConsumer(HubClient hub, String next) {
        this.hub = hub;
        this.next = next;
    }

    static FollowingConsumer withNothing(HubClient hub) {
        return new FollowingConsumer(hub, "/fhir/Slot/$changes?since=0");
    }

    /** Begins where the hub says; everything must be read afterwards. */
    static FollowingConsumer fromWhereTheHubSays(HubClient hub) {
        return new FollowingConsumer(hub, next(hub.json("/fhir/Slot/$changes")));
    }

    /** Has read something else before, which says at which position changes go on. */
    public static FollowingConsumer holding(HubClient hub, Map<String, JsonNode> resources, String position) {
        FollowingConsumer consumer = new FollowingConsumer(hub, "/fhir/Slot/$changes?since=" + position);
        consumer.held.putAll(resources);
        return consumer;
    }

    /** The same consumer, started again from what it had stored. */
    public FollowingConsumer restarted(HubClient otherNode) {
        FollowingConsumer again = new FollowingConsumer(otherNode, next);
        again.held.putAll(held);
        return again;
    }

    /** The same, killed when it had stored some of a page, but not yet that it had read it. */
    public FollowingConsumer killedWithinAPage(HubClient otherNode, Random dice) {
        HttpResponse<String> answer = get();
        if (answer.statusCode() == 200) {
            JsonNode entries = HubClient.json(answer).path("entry");
            for (int i = dice.nextInt(entries.size() + 1) - 1; i >= 0; i--) {
                apply(entries.path(i));
            }
        }
        return restarted(otherNode);
    }

    FollowingConsumer pagesOf(int count) {
        next += "&_count=" + count;
        return this;
    }

    void read(JsonNode searchset) {
        searchset.path("entry").forEach(entry -> hold(entry.path("resource")));
    }

    /** One page. @return whether it brought anything */
    public boolean step() {
        HttpResponse<String> answer = get();
        if (answer.statusCode() == 503) {
            return true; // and asks again
        }
        JsonNode page = HubClient.json(answer);
        for (JsonNode entry : page.path("entry")) {
            apply(entry);
        }
        next = next(page);
        return page.has("entry");
    }

    private void apply(JsonNode entry) {
        if (entry.at("/request/method").asText().equals("DELETE")) {
            held.remove(entry.at("/request/url").asText());
        } else {
            hold(entry.path("resource"));
        }
    }

    /** All that it has stored, by reference. */
    public Map<String, JsonNode> resources() {
        return new TreeMap<>(held);
    }

    public void catchUp() {
        while (step()) {
            // until nothing is left
        }
    }

    HttpResponse<String> get() {
        return hub.get(next);
    }

    String position() {
        return next.replaceAll(".*since=([0-9-]+).*", "$1");
    }

    private void hold(JsonNode resource) {
        if (!resource.path("resourceType").asText().equals("OperationOutcome")) {
            held.put(
                    resource.path("resourceType").asText() + "/"
                            + resource.path("id").asText(),
                    resource);
        }
    }

    private static String next(JsonNode page) {
        for (JsonNode link : page.path("link")) {
            if (link.path("relation").asText().equals("next")) {
                return link.path("url").asText().replaceAll("^http://[^/]+", "");
            }
        }
        throw new AssertionError("no next page: " + page);
    }

    /** What a page of changes asks of its reader, such as {@code DELETE Slot/1}. */
    static List<String> told(JsonNode page) {
        return StreamSupport.stream(page.path("entry").spliterator(), false)
                .map(entry -> entry.at("/request/method").asText() + " "
                        + entry.at("/request/url").asText())
                .toList();
    }

    /** What it would show of a subject now. */
    Map<String, String> shows(String subject, Instant now) {
        return shown(held, subject, now);
    }

    /** The same for an answer to a search that includes everything. */
    static Map<String, String> shown(JsonNode searchset, String subject, Instant now) {
        Map<String, JsonNode> found = new TreeMap<>();
        searchset.path("entry").forEach(entry -> {
            JsonNode resource = entry.path("resource");
            found.put(
                    resource.path("resourceType").asText() + "/"
                            + resource.path("id").asText(),
                    resource);
        });
        return shown(found, subject, now);
    }

    /** The same for all the resources that somebody holds, by reference. */
    static Map<String, String> shown(Map<String, JsonNode> all, String subject, Instant now) {
        Map<String, String> shown = new TreeMap<>();
        Set<String> done = new HashSet<>();
        Deque<String> left = new ArrayDeque<>();
        all.forEach((reference, resource) -> {
            if (reference.startsWith("Slot/" + subject + "-")
                    && OffsetDateTime.parse(resource.path("end").asText())
                            .toInstant()
                            .isAfter(now)) {
                left.add(reference);
            }
        });
        while (!left.isEmpty()) {
            String reference = left.poll();
            JsonNode resource = all.get(reference);
            if (resource != null && done.add(reference)) {
                shown.put(reference, withoutAge(resource.deepCopy()).toString());
                resource.findValuesAsText("reference").forEach(left::add);
            }
        }
        return shown;
    }

    private static JsonNode withoutAge(JsonNode resource) {
        if (resource.path("resourceType").asText().equals("Schedule")) {
            ((ObjectNode) resource.path("meta").path("extension").path(0)).remove("valueDateTime");
        }
        return resource;
    }
}
