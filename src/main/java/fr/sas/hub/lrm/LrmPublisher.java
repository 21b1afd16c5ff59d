package fr.sas.hub.lrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.outbox.Letter;
import fr.sas.hub.outbox.Outbox;
import fr.sas.hub.outbox.SendResult;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.core.MessageBuilder;
import org.springframework.amqp.core.MessageProperties;
import org.springframework.amqp.core.ReturnedMessage;
import org.springframework.amqp.rabbit.connection.CorrelationData;
import org.springframework.amqp.rabbit.core.RabbitTemplate;
import org.springframework.stereotype.Component;

/** The steps of the route {@code tell-the-regulators-software}. */
@Component
public class LrmPublisher {

    private static final ObjectMapper JSON = BoundedJson.mapper().build();

    private final RabbitTemplate broker;
    private final Outbox outbox;
    private final LrmSettings settings;
    private final Clock clock;

    LrmPublisher(RabbitTemplate broker, Outbox outbox, LrmSettings settings, Clock clock) {
        this.broker = broker;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    /** Wraps the appointment; the message survives a restart of the broker. */
    public Message wrap(Letter letter) throws JsonProcessingException {
        LrmLetter booking = LrmLetter.read(letter.body());
        String sender = Objects.requireNonNull(settings.sender(), "hub.lrm.sender is no longer set");
        String distributionId = sender + "_" + booking.id();
        Envelope envelope = Envelope.report(
                distributionId,
                sender,
                booking.recipient(),
                booking.appointment(),
                clock.instant(),
                settings.expireAfter());
        return MessageBuilder.withBody(JSON.writeValueAsBytes(envelope))
                .setContentType(MessageProperties.CONTENT_TYPE_JSON)
                .setMessageId(distributionId)
                .setDeliveryMode(org.springframework.amqp.core.MessageDeliveryMode.PERSISTENT)
                .build();
    }

    /** Delivered means confirmed by the broker and routed to a queue. */
    public SendResult publish(Message message) {
        if (outbox.isStopped(LrmLetter.DESTINATION)) {
            return SendResult.WITHHELD;
        }
        CorrelationData correlation =
                new CorrelationData(message.getMessageProperties().getMessageId());
        try {
            broker.send(settings.exchange(), Objects.requireNonNull(settings.sender()), message, correlation);
            CorrelationData.Confirm confirm =
                    correlation.getFuture().get(settings.confirmWithin().toMillis(), TimeUnit.MILLISECONDS);
            ReturnedMessage returned = correlation.getReturned();
            if (!confirm.isAck()) {
                return new SendResult.Failed("the broker did not accept it: " + confirm.getReason(), null);
            }
            return returned == null
                    ? SendResult.DELIVERED
                    : new SendResult.Failed("no queue accepts it: " + returned.getReplyText(), null);
        } catch (AmqpException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return new SendResult.Failed("no broker: " + cause, null);
        } catch (TimeoutException e) {
            return new SendResult.Failed("not confirmed within " + settings.confirmWithin(), null);
        } catch (ExecutionException e) {
            return new SendResult.Failed("not confirmed: " + e.getCause(), null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new SendResult.Failed("the hub is stopping", null);
        }
    }
}
