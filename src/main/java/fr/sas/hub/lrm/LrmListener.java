package fr.sas.hub.lrm;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The steps of the route {@code hear-the-regulators-software}. */
@Component
public class LrmListener {

    private static final Logger log = LoggerFactory.getLogger(LrmListener.class);

    private final LrmMessages messages;
    private final MeterRegistry meters;
    private final Clock clock;

    LrmListener(LrmMessages messages, MeterRegistry meters, Clock clock) {
        this.messages = messages;
        this.meters = meters;
        this.clock = clock;
    }

    public Reply read(byte[] json) {
        return Reply.read(json);
    }

    /** Links the reply to its booking; processing a reply twice has no further effect. */
    public void keep(Reply reply) {
        boolean tied = switch (reply) {
            case Reply.Acknowledged acknowledged ->
                messages.recordReply(
                        acknowledged.message(), LrmMessages.State.ACKNOWLEDGED, null, null, clock.instant());
            case Reply.Refused refused ->
                messages.recordReply(
                        refused.message(), LrmMessages.State.REFUSED, refused.code(), refused.words(), clock.instant());
            case Reply.Other other -> false;
        };
        if (!tied) {
            log.warn(
                    "The regulators' software sent a message that matches no booking: {}",
                    reply instanceof Reply.Other other ? other.what() : reply);
        }
        meters.counter(
                        "hub.lrm.replies",
                        "kind",
                        tied ? reply.getClass().getSimpleName().toLowerCase(Locale.ROOT) : "untied")
                .increment();
    }
}
