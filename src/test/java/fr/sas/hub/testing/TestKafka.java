package fr.sas.hub.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import kafka.server.BrokerServer;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/**
 * One real broker in this process for the whole test run, begun by the first class that {@linkplain UsesKafka uses} it. It can be away, and comes
 * back with its data. Hubs reach it by {@link #ADDRESS}.
 */
public final class TestKafka implements BeforeAllCallback {

    private static final ListenerName LISTENER = new ListenerName("EXTERNAL");

    /** Resolved once it runs. */
    public static final String ADDRESS = "${hub-test.kafka}";

    /** Of those who use it, which {@link #goesAway} keeps waiting: whoever calls that has it for itself. */
    public static final String LOCK = "kafka";

    public static final String CHANGES = "sas-hub-changes";
    public static final String NEWS = "sas-hub-news";
    /** Of hubs whose changes nobody reads there. */
    public static final String OTHER_CHANGES = "other-changes";

    public static final int PARTITIONS = 3;

    /** It listens elsewhere after each start; clients are told of this door, which leads there. */
    private static final ServerSocket DOOR = door();

    private static @Nullable EmbeddedKafkaKraftBroker broker;
    private static volatile int port;

    @Override
    public void beforeAll(ExtensionContext context) {
        start();
    }

    private static synchronized EmbeddedKafkaKraftBroker start() {
        if (broker == null) {
            EmbeddedKafkaKraftBroker started = new EmbeddedKafkaKraftBroker(1, PARTITIONS);
            started.brokerProperties(Map.of(
                    "advertised.listeners", LISTENER.value() + "://localhost:" + DOOR.getLocalPort(),
                    "group.initial.rebalance.delay.ms", "0",
                    "offsets.topic.num.partitions", "1",
                    "log.cleaner.enable", "false"));
            started.afterPropertiesSet();
            broker = started;
            findPort();
            started.addTopics(
                    new NewTopic(CHANGES, PARTITIONS, (short) 1),
                    new NewTopic(OTHER_CHANGES, 1, (short) 1),
                    new NewTopic(NEWS, 1, (short) 1));
            System.setProperty("hub-test.kafka", address());
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroy));
        }
        return broker;
    }

    /** Of a topic. */
    public static void set(String topic, String name, String value) {
        ConfigResource changed = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        start().doWithAdmin(admin -> admin.incrementalAlterConfigs(Map.of(changed, List.of(change))));
    }

    public static String address() {
        return "localhost:" + DOOR.getLocalPort();
    }

    /** Its connections end, and nobody answers at its address. */
    public static void goesAway() {
        server().shutdown();
    }

    public static void comesBack() {
        try {
            server().startup();
            findPort();
            start().getCluster().waitForReadyBrokers();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void findPort() {
        port = server().boundPort(LISTENER);
    }

    private static ServerSocket door() {
        try {
            ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> letIn(door));
            return door;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void letIn(ServerSocket door) {
        while (true) {
            try {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> lead(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void lead(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
        } catch (IOException e) {
            // it is away: the client's connection ends
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one of them has gone
        }
    }

    private static BrokerServer server() {
        return start().getCluster().brokers().values().iterator().next();
    }

    /** For a hub of its own: what several hubs publish must not be mixed. */
    public static void addTopic(String name, Map<String, String> settings) {
        start().addTopics(new NewTopic(name, PARTITIONS, (short) 1).configs(settings));
    }

    /** @param group null to read alone, from the beginning of all partitions */
    public static KafkaConsumer<String, String> consumer(@Nullable String group) {
        return consumer(CHANGES, group);
    }

    public static KafkaConsumer<String, String> consumer(String topic, @Nullable String group) {
        Map<String, Object> properties = new HashMap<>(Map.of(
                "bootstrap.servers", address(),
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false"));
        if (group != null) {
            properties.put("group.id", group);
        }
        KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new StringDeserializer());
        if (group == null) {
            List<TopicPartition> all = IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition(topic, partition))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
        } else {
            consumer.subscribe(List.of(topic));
        }
        return consumer;
    }

    public static List<ConsumerRecord<String, String>> some(KafkaConsumer<String, String> consumer) {
        return StreamSupport.stream(consumer.poll(Duration.ofMillis(100)).spliterator(), false)
                .toList();
    }
}
