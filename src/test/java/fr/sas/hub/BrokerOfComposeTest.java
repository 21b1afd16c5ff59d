package fr.sas.hub;

import static fr.sas.hub.Compose.map;
import static fr.sas.hub.Compose.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AuthenticationFailureException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.GetResponse;
import fr.sas.hub.testing.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The broker that {@code docker-compose.yml} starts lets the hub in and has what it publishes to and hears. */
class BrokerOfComposeTest {

    private static final Path DEFINITIONS = Path.of("docs/broker/definitions.json");
    private static final String PASSWORD = "of the environment: $ & 'quotes'";

    private final Map<String, Map<String, Object>> services = Compose.services();
    private final Map<String, Object> broker = Objects.requireNonNull(services.get("rabbitmq"));
    private final Map<String, Object> hub = environment("hub");
    private final String sender = String.valueOf(hub.get("HUB_LRM_SENDER"));
    private final String recipient = defaultOf(String.valueOf(hub.get("HUB_LRM_RECIPIENT")));

    @Test
    void it_has_the_queues_that_the_hub_publishes_to_and_hears() throws IOException {
        JsonNode definitions = definitions();

        assertThat(definitions.path("queues").findValuesAsText("name"))
                .containsExactlyInAnyOrder(recipient + ".message", sender + ".ack", sender + ".info");
        assertThat(definitions.path("exchanges").findValuesAsText("name"))
                .containsExactly(HubSettings.all().get("hub.lrm.exchange"));
        assertThat(definitions.path("bindings").findValuesAsText("routing_key")).containsExactly(sender);
    }

    /** RabbitMQ makes no user of its environment when it has definitions to load at its start: they would have to name one. */
    @Test
    void it_makes_the_user_that_the_hub_logs_in_as() throws IOException {
        Map<String, Object> given = environment("rabbitmq");
        assertThat(given.get("RABBITMQ_DEFAULT_USER")).isEqualTo(hub.get("SPRING_RABBITMQ_USERNAME"));
        assertThat(given.get("RABBITMQ_DEFAULT_PASS")).isEqualTo(hub.get("SPRING_RABBITMQ_PASSWORD"));
        if (settings().contains("load_definitions")) {
            assertThat(definitions().path("users").findValuesAsText("name"))
                    .contains(String.valueOf(hub.get("SPRING_RABBITMQ_USERNAME")));
        }
    }

    @Test
    void no_password_stands_in_its_files() throws IOException {
        assertThat(settings()).doesNotContain("pass");
        assertThat(definitions().findValues("password")).isEmpty();
        assertThat(definitions().findValues("password_hash")).isEmpty();
    }

    @Test
    void the_hub_waits_until_the_queues_are_there() {
        assertThat(after("hub")).containsEntry("rabbitmq-queues", "service_completed_successfully");
        assertThat(after("rabbitmq-queues")).containsEntry("rabbitmq", "service_healthy");
        Map<String, Object> once = Objects.requireNonNull(services.get("rabbitmq-queues"));
        assertThat(once).doesNotContainKey("restart").containsEntry("image", broker.get("image"));
        assertThat(texts(once.get("volumes")).toList())
                .as("the cookie by which it may command the broker, and what it imports")
                .contains("rabbitmq:/var/lib/rabbitmq:ro")
                .contains("./docs/broker/definitions.json:" + importing().getLast() + ":ro");
        assertThat(importing()).startsWith("rabbitmqctl", "--node", "rabbit@" + broker.get("hostname"));
    }

    /** Started as Compose starts it, as far as that goes without containers. */
    @Test
    void a_real_one_takes_what_the_hub_publishes_and_keeps_others_out() throws Exception {
        String user = String.valueOf(environment("rabbitmq").get("RABBITMQ_DEFAULT_USER"));
        var started =
                TestBroker.find(Map.of("RABBITMQ_DEFAULT_USER", user, "RABBITMQ_DEFAULT_PASS", PASSWORD), settings());
        Assumptions.assumeTrue(started.isPresent(), TestBroker.ABSENT);
        try (TestBroker real = started.get()) {
            assertThat(real.run(healthcheck())).isZero();
            List<String> words = importing();
            assertThat(real.run(List.of(words.getFirst(), words.get(3), DEFINITIONS.toString())))
                    .isZero();

            try (Connection connection = connect(real, user, PASSWORD);
                    Channel channel = connection.createChannel()) {
                channel.confirmSelect();
                channel.basicPublish("hubsante", sender, true, null, "told".getBytes(StandardCharsets.UTF_8));
                channel.waitForConfirmsOrDie(10_000);
                GetResponse taken = channel.basicGet(recipient + ".message", true);
                assertThat(new String(taken.getBody(), StandardCharsets.UTF_8)).isEqualTo("told");
                assertThat(channel.messageCount(sender + ".ack")).isZero();
                assertThat(channel.messageCount(sender + ".info")).isZero();
            }
            assertThatThrownBy(() -> connect(real, user, "another")).isInstanceOf(AuthenticationFailureException.class);
            assertThatThrownBy(() -> connect(real, "guest", "guest"))
                    .isInstanceOf(AuthenticationFailureException.class);
        }
    }

    private static Connection connect(TestBroker broker, String user, String password)
            throws IOException, TimeoutException {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        factory.setUsername(user);
        factory.setPassword(password);
        return factory.newConnection();
    }

    private Map<String, Object> environment(String service) {
        return map(Objects.requireNonNull(services.get(service)).get("environment"));
    }

    /** What the service waits for, and until when. */
    private Map<String, Object> after(String service) {
        Map<String, Object> conditions = new HashMap<>();
        map(Objects.requireNonNull(services.get(service)).get("depends_on"))
                .forEach((other, until) -> conditions.put(other, map(until).get("condition")));
        return conditions;
    }

    private List<String> importing() {
        return texts(Objects.requireNonNull(services.get("rabbitmq-queues")).get("command"))
                .toList();
    }

    private List<String> healthcheck() {
        return texts(map(broker.get("healthcheck")).get("test")).skip(1).toList();
    }

    /** All that is mounted for the broker to read at its start. */
    private String settings() throws IOException {
        StringBuilder settings = new StringBuilder();
        for (String volume : texts(broker.get("volumes")).toList()) {
            if (volume.contains("/etc/rabbitmq/conf.d/")) {
                settings.append(Files.readString(Path.of(Compose.sourceOf(volume))));
            }
        }
        return settings.toString()
                .replace(
                        "/etc/rabbitmq/definitions.json",
                        DEFINITIONS.toAbsolutePath().toString());
    }

    private static JsonNode definitions() throws IOException {
        return new ObjectMapper().readTree(DEFINITIONS.toFile());
    }

    private static String defaultOf(String setting) {
        return setting.substring(setting.indexOf(":-") + 2, setting.lastIndexOf('}'));
    }
}
