package fr.sas.hub.kafka;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.kafka.KafkaComponent;
import org.apache.camel.component.kafka.KafkaConfiguration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who the brokers are and how to talk to them, the same for sending and for reading. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
class KafkaClient {

    private static final int RECONNECT_AT_LEAST_EVERY_MILLIS = 500;

    private final KafkaSettings settings;

    KafkaClient(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Camel finds it by its name. */
    @Bean
    KafkaComponent kafka() {
        KafkaConfiguration configuration = new KafkaConfiguration();
        configuration.setBrokers(settings.brokers());
        configuration.setReconnectBackoffMaxMs(RECONNECT_AT_LEAST_EVERY_MILLIS);
        configuration.setAdditionalProperties(new HashMap<>(ofTheFile()));
        KafkaComponent component = new KafkaComponent();
        component.setConfiguration(configuration);
        return component;
    }

    /** Belongs to no group: every node reads everything, from a moment of its own choice. */
    KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(ofTheFile());
        properties.put("bootstrap.servers", settings.brokers());
        properties.put("enable.auto.commit", false);
        properties.put("auto.offset.reset", "latest");
        properties.put("reconnect.backoff.max.ms", RECONNECT_AT_LEAST_EVERY_MILLIS);
        properties.put("default.api.timeout.ms", (int) settings.patience().toMillis());
        properties.put("request.timeout.ms", (int) settings.patience().toMillis());
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    List<Integer> partitions(String topic, Duration patience) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer()) {
            List<PartitionInfo> partitions = consumer.partitionsFor(topic, patience);
            if (partitions.isEmpty()) {
                throw new KafkaException("There is no topic " + topic);
            }
            return partitions.stream().map(PartitionInfo::partition).toList();
        }
    }

    private Map<String, Object> ofTheFile() {
        Path file = settings.client();
        Map<String, Object> read = new HashMap<>();
        if (file != null) {
            Properties properties = new Properties();
            try (Reader text = Files.newBufferedReader(file)) {
                properties.load(text);
            } catch (IOException e) {
                throw new UncheckedIOException("hub.kafka.client cannot be read: " + file, e);
            }
            properties.stringPropertyNames().forEach(name -> read.put(name, properties.getProperty(name)));
        }
        return read;
    }
}
