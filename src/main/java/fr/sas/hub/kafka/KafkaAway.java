package fr.sas.hub.kafka;

/** The brokers refused, or did not confirm in time. Some of what was sent may have arrived. */
public final class KafkaAway extends RuntimeException {

    KafkaAway(String message, Throwable cause) {
        super(message, cause);
    }
}
