package fr.sas.hub.lrm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.lrm.AppointmentContent.Method;
import fr.sas.hub.lrm.LrmMessages.State;
import fr.sas.hub.lrm.LrmMessages.StoredMessage;
import fr.sas.hub.outbox.LetterEnding;
import fr.sas.hub.outbox.LetterRevived;
import fr.sas.hub.outbox.LetterSettled;
import fr.sas.hub.outbox.Outbox;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The room's front door: each change of a booking becomes a message, in the transaction that makes the change. All
 * changes are sent, in order: the regulators' software keeps a history and acknowledges each.
 */
@Service
public class RegulatorsSoftware {

    private static final ObjectMapper JSON = BoundedJson.mapper().build();

    private final LrmMessages messages;
    private final Outbox outbox;
    private final LrmSettings settings;
    private final Clock clock;

    RegulatorsSoftware(LrmMessages messages, Outbox outbox, LrmSettings settings, Clock clock) {
        this.messages = messages;
        this.outbox = outbox;
        this.settings = settings;
        this.clock = clock;
    }

    /** Whether bookings are sent at all. */
    boolean isConnected() {
        return settings.sender() != null;
    }

    /** Sends a booking's current state, unless it equals what was sent last. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void queueUpdate(Booking booking) {
        if (!isConnected()) {
            return;
        }
        messages.lock(booking.id());
        Booking.Regulator regulator = booking.regulator();
        if (regulator == null) {
            recordNotSent(booking, "no known regulator booked it, and a message must name the regulator");
            return;
        }
        String recipient = regulator.lrm() == null ? settings.recipient() : regulator.lrm();
        if (recipient == null) {
            recordNotSent(booking, "neither the regulator's account nor hub.lrm.recipient names a recipient");
            return;
        }
        Optional<StoredMessage> last = messages.lastSent(booking.id());
        String repeated = json(AppointmentContent.of(booking, regulator, method(last)));
        if (last.isPresent()
                && last.get().state().isOnItsWay()
                && recipient.equals(last.get().recipient())
                && isTheSame(last.get(), booking, regulator)) {
            return;
        }
        StoredMessage message = message(booking, recipient, repeated, State.WAITING, null);
        messages.add(message);
        outbox.put(
                LrmLetter.DESTINATION,
                booking.id().toString(),
                new LrmLetter(message.id(), recipient, repeated).write(),
                Outbox.QueuePolicy.EVERY_CHANGE);
    }

    private static Method method(Optional<StoredMessage> last) {
        return last.isEmpty() ? Method.CREATE : Method.UPDATE;
    }

    /** Ignoring the method. */
    private static boolean isTheSame(StoredMessage last, Booking booking, Booking.Regulator regulator) {
        return last.content().equals(json(AppointmentContent.of(booking, regulator, Method.CREATE)))
                || last.content().equals(json(AppointmentContent.of(booking, regulator, Method.UPDATE)));
    }

    private void recordNotSent(Booking booking, String why) {
        boolean saidAlready = messages.last(booking.id())
                .filter(last -> last.state() == State.NOT_TOLD
                        && why.equals(last.said())
                        && Objects.equals(booking.operator(), last.operator()))
                .isPresent();
        if (!saidAlready) {
            messages.add(message(booking, null, "{}", State.NOT_TOLD, why));
        }
    }

    private StoredMessage message(
            Booking booking, @Nullable String recipient, String content, State state, @Nullable String said) {
        Instant at = later(
                messages.last(booking.id()).map(StoredMessage::putAt),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        String operator = state == State.NOT_TOLD ? booking.operator() : null;
        return new StoredMessage(
                UuidCreator.getTimeOrderedEpoch(at),
                at,
                booking.id(),
                recipient,
                content,
                state,
                null,
                null,
                null,
                said,
                operator);
    }

    /**
     * Bookings that could not be sent because their regulator, or the software they work with, was not known.
     *
     * @param operators identifiers in canonical spelling
     */
    List<UUID> listNotSent(Set<String> operators) {
        return messages.listNotSent(operators);
    }

    /**
     * Locks until the end of the transaction; a reader of a booking after this call sends no older state of it than
     * others did.
     */
    void takeTurns(UUID booking) {
        messages.lock(booking);
    }

    /** Messages of one booking are at least a millisecond apart, so that their times give their order. */
    private static Instant later(Optional<Instant> last, Instant now) {
        return last.map(before -> before.plusMillis(1))
                .filter(next -> next.isAfter(now))
                .orElse(now);
    }

    @EventListener
    void settled(LetterSettled settled) {
        if (!settled.letter().destination().equals(LrmLetter.DESTINATION)) {
            return;
        }
        UUID id = LrmLetter.read(settled.letter().body()).id();
        switch (settled.ending()) {
            case LetterEnding.Delivered delivered -> messages.published(id, clock.instant());
            case LetterEnding.Refused refused ->
                messages.recordReply(id, State.REFUSED, null, refused.words(), clock.instant());
            case LetterEnding.GivenUp givenUp -> messages.ended(id, State.GIVEN_UP, givenUp.words());
            case LetterEnding.Replaced replaced -> messages.ended(id, State.REPLACED, null);
            case LetterEnding.Discarded discarded -> messages.ended(id, State.DISCARDED, null);
        }
    }

    @EventListener
    void revived(LetterRevived revived) {
        if (revived.letter().destination().equals(LrmLetter.DESTINATION)) {
            messages.ended(LrmLetter.read(revived.letter().body()).id(), State.WAITING, null);
        }
    }

    private static String json(Object content) {
        try {
            return JSON.writeValueAsString(content);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
