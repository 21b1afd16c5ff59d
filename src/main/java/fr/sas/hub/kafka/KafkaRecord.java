package fr.sas.hub.kafka;

import java.util.Map;

/**
 * A record to send.
 *
 * @param key records with the same key arrive in the order in which they were sent
 * @param headers what consumers may need to know before they read the value
 */
public record KafkaRecord(String key, byte[] value, Map<String, String> headers) {

    public KafkaRecord {
        headers = Map.copyOf(headers);
    }
}
