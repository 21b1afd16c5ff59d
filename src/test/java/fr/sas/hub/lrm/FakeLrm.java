package fr.sas.hub.lrm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.BuiltinExchangeType;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The Hub Santé and the regulators' software behind it, as far as one sender and one recipient need them. */
public final class FakeLrm implements AutoCloseable {

    public static final String SENDER = "fr.health.test.ptfsas";
    public static final String RECIPIENT = "fr.health.samu330";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ConnectionFactory factory = new ConnectionFactory();
    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private @Nullable Connection connection;
    private @Nullable Channel channel;

    public FakeLrm(int port) {
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setAutomaticRecoveryEnabled(false);
    }

    /** Makes its queues and takes what lies in them. */
    public void connect() throws IOException, TimeoutException {
        Connection opened = factory.newConnection();
        Channel queues = opened.createChannel();
        connection = opened;
        channel = queues;
        queues.exchangeDeclare("hubsante", BuiltinExchangeType.DIRECT, true);
        for (String queue : List.of(RECIPIENT + ".message", SENDER + ".ack", SENDER + ".info")) {
            queues.queueDeclare(queue, true, false, false, null);
        }
        queues.queueBind(RECIPIENT + ".message", "hubsante", SENDER);
        queues.basicConsume(
                RECIPIENT + ".message",
                false,
                (tag, delivery) -> {
                    received.add(JSON.readTree(delivery.getBody()));
                    queues.basicAck(delivery.getEnvelope().getDeliveryTag(), false);
                },
                tag -> {});
    }

    /** The broker confirms what is published, and no queue takes it. */
    void isCutOff() throws IOException {
        Objects.requireNonNull(channel).queueUnbind(RECIPIENT + ".message", "hubsante", SENDER);
    }

    void isReachedAgain() throws IOException {
        Objects.requireNonNull(channel).queueBind(RECIPIENT + ".message", "hubsante", SENDER);
    }

    /** Whole messages, in the order in which they came; a message may have come twice. */
    public List<JsonNode> received() {
        return List.copyOf(received);
    }

    List<JsonNode> appointments(String id) {
        return received.stream()
                .map(FakeLrm::appointment)
                .filter(appointment ->
                        appointment.path("appointmentId").asText().equals(id))
                .toList();
    }

    public static JsonNode appointment(JsonNode message) {
        return message.at("/content/0/jsonContent/embeddedJsonContent/message/appointment");
    }

    void acknowledge(JsonNode message) throws IOException {
        say(
                ".ack",
                "Ack",
                "'kind':'Ack','status':'Actual','reference':{'distributionID':'"
                        + message.path("distributionID").asText() + "'}");
    }

    void refuse(JsonNode message, int code, String words, String cause) throws IOException {
        say(
                ".info",
                "Error",
                "'error':{'errorCode':{'statusCode':" + code + ",'statusString':'" + words
                        + "'},'errorCause':'" + cause + "','referencedDistributionID':'"
                        + message.path("distributionID").asText() + "'}");
    }

    /** Anything at all. */
    void babble(String text) throws IOException {
        Objects.requireNonNull(channel).basicPublish("", SENDER + ".info", null, text.getBytes(StandardCharsets.UTF_8));
    }

    private void say(String queue, String kind, String message) throws IOException {
        String json = ("{'distributionID':'" + RECIPIENT + "_1','senderID':'" + RECIPIENT
                        + "','distributionStatus':'Actual','distributionKind':'" + kind
                        + "','content':[{'jsonContent':{'embeddedJsonContent':{'message':{" + message + "}}}}]}")
                .replace('\'', '"');
        Objects.requireNonNull(channel).basicPublish("", SENDER + queue, null, json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        if (connection != null) {
            connection.abort();
        }
    }
}
