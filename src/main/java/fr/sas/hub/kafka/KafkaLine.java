package fr.sas.hub.kafka;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.DefaultMessage;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * The hub's line to Kafka: a front door of the room, present only with {@code hub.news: kafka}. The first record creates the
 * route to a topic from its template, so that a broker whose name cannot even be resolved does not delay the start.
 */
@Component
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
public class KafkaLine {

    private static final Logger log = LoggerFactory.getLogger(KafkaLine.class);
    private static final String TEMPLATE = "send-to-kafka";
    private static final Duration FORGOTTEN_AFTER = Duration.ofSeconds(30);

    private final CamelContext camel;
    private final ProducerTemplate producer;
    private final KafkaSettings settings;
    private final KafkaClient client;
    private final Set<KafkaTopic> routed = EnumSet.noneOf(KafkaTopic.class);
    private final KafkaTroubles troubles;
    private volatile boolean templatesAreThere;

    KafkaLine(
            CamelContext camel,
            ProducerTemplate producer,
            KafkaSettings settings,
            KafkaClient client,
            MeterRegistry meters) {
        this.camel = camel;
        this.producer = producer;
        this.settings = settings;
        this.client = client;
        this.troubles = new KafkaTroubles(FORGOTTEN_AFTER.plus(settings.patience()), System::nanoTime);
        Gauge.builder("hub.kafka.away", () -> troubles.any() == null ? 0 : 1)
                .description("1 while Kafka does not confirm what this node sends, or this node cannot read from it")
                .register(meters);
    }

    /** Camel loads its route files after the beans have started. */
    @EventListener(ApplicationReadyEvent.class)
    void templatesAreThere() {
        templatesAreThere = true;
    }

    /** Within this time a sender learns whether it worked: brokers are found, name their partitions, and confirm. */
    public Duration longestSend() {
        return settings.patience().multipliedBy(3);
    }

    /** Whether anything can be sent yet: not while the hub is starting. */
    public boolean isOpen() {
        return templatesAreThere;
    }

    /**
     * Sends these records in order, and waits until all in-sync replicas have them.
     *
     * @throws KafkaAway when that is not certain
     */
    public void send(KafkaTopic topic, List<KafkaRecord> records) {
        sendMessages(topic, records.stream().map(this::message).toList());
    }

    /**
     * The same, for records that may be larger than the brokers accept.
     *
     * @return false if one of them is; the others may have arrived
     * @throws KafkaAway when it is not certain that they arrived, for another reason
     */
    public boolean sendUnlessTooLarge(KafkaTopic topic, List<KafkaRecord> records) {
        try {
            deliver(topic, records.stream().map(this::message).toList());
        } catch (RuntimeException e) {
            if (isTooLarge(e)) {
                return false;
            }
            throw away(topic, e);
        }
        works(topic);
        return true;
    }

    /** Sends this record to each partition of the topic, after everything that was already sent there. */
    public void sendToEachPartition(KafkaTopic topic, KafkaRecord sent) {
        List<Integer> partitions;
        try {
            partitions = client.partitions(settings.topic(topic), settings.patience());
        } catch (RuntimeException e) {
            throw away(topic, e);
        }
        sendMessages(
                topic,
                partitions.stream()
                        .map(partition -> {
                            Message message = message(sent);
                            message.setHeader(KafkaConstants.PARTITION_KEY, partition);
                            return message;
                        })
                        .toList());
    }

    private void sendMessages(KafkaTopic topic, List<Message> messages) {
        try {
            deliver(topic, messages);
        } catch (RuntimeException e) {
            throw away(topic, e);
        }
        works(topic);
    }

    private void deliver(KafkaTopic topic, List<Message> messages) {
        expectRoute(topic);
        producer.sendBody("direct:send-to-kafka-" + settings.topic(topic), messages);
    }

    private void works(KafkaTopic topic) {
        if (troubles.worked(sending(topic))) {
            log.warn("Kafka confirms what is sent to {} again", settings.topic(topic));
        }
    }

    private static boolean isTooLarge(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RecordTooLargeException) {
                return true;
            }
        }
        return false;
    }

    /** Why something cannot be sent or read at present; null when all is well. */
    @Nullable
    String trouble() {
        return troubles.any();
    }

    private static KafkaTroubles.Activity sending(KafkaTopic topic) {
        return new KafkaTroubles.Activity(KafkaTroubles.Activity.Kind.SENDING, topic);
    }

    /** What arrives from now on; starts at once, and again by itself whenever brokers return. */
    public KafkaTail tail(KafkaTopic topic) {
        return new KafkaTail(client, topic, settings, troubles);
    }

    private Message message(KafkaRecord sent) {
        Message message = new DefaultMessage(camel);
        message.setBody(sent.value());
        message.setHeader(KafkaConstants.KEY, sent.key());
        sent.headers().forEach(message::setHeader);
        return message;
    }

    private synchronized void expectRoute(KafkaTopic topic) {
        if (!routed.contains(topic)) {
            long patience = settings.patience().toMillis();
            TemplatedRouteBuilder.builder(camel, TEMPLATE)
                    .routeId("send-to-kafka-" + settings.topic(topic))
                    .parameter("topic", settings.topic(topic))
                    .parameter("requestWithin", patience / 2)
                    .parameter("confirmWithin", patience)
                    .add();
            routed.add(topic);
        }
    }

    private KafkaAway away(KafkaTopic topic, RuntimeException failure) {
        Throwable cause =
                failure instanceof CamelExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        String why = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (troubles.failed(sending(topic), why)) {
            log.warn("Kafka does not confirm what is sent to {}; trying again: {}", settings.topic(topic), why);
        }
        return new KafkaAway(why, cause);
    }
}
