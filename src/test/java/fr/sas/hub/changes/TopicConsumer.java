package fr.sas.hub.changes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the topic as the documentation says: a record that is not later than what it has of the subject is dropped; any other is
 * all there is of it. What was not published again is dropped once the publication is complete.
 */
final class TopicConsumer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private record Held(int partition, long begun, long position, Map<String, JsonNode> resources) {}

    private final Map<String, Held> bySubject = new HashMap<>();
    private int dropped;

    void take(ConsumerRecord<String, String> found) {
        long begun = number(found, ChangesTopic.BEGUN);
        if (found.headers().lastHeader(ChangesTopic.COMPLETE) != null) {
            bySubject.values().removeIf(held -> held.partition == found.partition() && held.begun < begun);
            return;
        }
        long position = number(found, ChangesTopic.POSITION);
        Held known = bySubject.get(found.key());
        if (known != null && (begun < known.begun || begun == known.begun && position <= known.position)) {
            dropped++;
            return;
        }
        Map<String, JsonNode> resources = new TreeMap<>();
        for (JsonNode entry : bundle(found).path("entry")) {
            if (entry.at("/request/method").asText().equals("PUT")) {
                resources.put(entry.at("/request/url").asText(), entry.path("resource"));
            }
        }
        bySubject.put(found.key(), new Held(found.partition(), begun, position, resources));
    }

    int dropped() {
        return dropped;
    }

    Map<String, String> shows(String subject, Instant now) {
        Map<String, JsonNode> all = new TreeMap<>();
        bySubject.values().forEach(held -> all.putAll(held.resources));
        return FollowingConsumer.shown(all, subject, now);
    }

    static JsonNode bundle(ConsumerRecord<String, String> found) {
        try {
            return JSON.readTree(found.value());
        } catch (JsonProcessingException e) {
            throw new AssertionError(found.value(), e);
        }
    }

    static long number(ConsumerRecord<String, String> found, String header) {
        return Long.parseLong(new String(found.headers().lastHeader(header).value(), StandardCharsets.UTF_8));
    }
}
