package fr.sas.hub.outbox;

import fr.sas.hub.outbox.Letters.Claimed;
import fr.sas.hub.slot.BackOff;
import fr.sas.hub.slot.StorableText;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Takes one letter, has its channel's route deliver it, and records the result. */
@Component
class Sender {

    private static final Logger log = LoggerFactory.getLogger(Sender.class);
    private static final int LONGEST_TROUBLE = 1_000;

    private final Letters letters;
    private final Destinations destinations;
    private final ProducerTemplate camel;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transaction;
    private final MeterRegistry meters;
    private final OutboxSettings settings;
    private final BackOff backOff;
    private final Clock clock;

    Sender(
            Letters letters,
            Destinations destinations,
            ProducerTemplate camel,
            ApplicationEventPublisher events,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            OutboxSettings settings,
            Clock clock) {
        this.letters = letters;
        this.destinations = destinations;
        this.camel = camel;
        this.events = events;
        this.transaction = new TransactionTemplate(transactions);
        this.meters = meters;
        this.settings = settings;
        this.backOff = new BackOff(settings.firstBackOff(), settings.longestBackOff());
        this.clock = clock;
    }

    /** @return false when there is nothing more to deliver now */
    boolean carryOne(Destination destination) {
        Instant now = clock.instant();
        Instant until = now.plus(settings.claim());
        if (!destinations.mayTry(destination.name(), now, until)) {
            return false;
        }
        Optional<Claimed> claimed = letters.claim(destination, now, until);
        if (claimed.isEmpty()) {
            destinations.noTrialNow(destination.name());
            return false;
        }
        SendResult outcome = carry(claimed.get().letter());
        Timer.builder("hub.outbox.deliveries")
                .description("Attempts to deliver a letter")
                .tag("destination", destination.name())
                .tag("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .register(meters)
                .record(Duration.between(now, clock.instant()));
        transaction.executeWithoutResult(status -> settle(claimed.get(), outcome));
        return true;
    }

    private SendResult carry(Letter letter) {
        if (destinations.isStopped(letter.destination().name())) {
            return SendResult.WITHHELD;
        }
        try {
            return camel.requestBody("direct:" + letter.destination().channel(), letter, SendResult.class);
        } catch (CamelExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.error(
                    "Letter {} to {} could not be delivered",
                    letter.id(),
                    letter.destination().name(),
                    cause);
            return new SendResult.Failed("the hub failed: " + cause.getClass().getSimpleName(), null);
        }
    }

    private void settle(Claimed claimed, SendResult outcome) {
        Letter letter = claimed.letter();
        String name = letter.destination().name();
        Instant now = clock.instant();
        Optional<LetterEnding> ending = switch (outcome) {
            case SendResult.Delivered delivered -> {
                letters.removeOlderDead(letter).forEach(older -> publishEnding(older, new LetterEnding.Replaced()));
                yield ended(letters.remove(claimed), new LetterEnding.Delivered());
            }
            case SendResult.Refused refused ->
                ended(
                        letters.isOvertaken(claimed, true)
                                ? letters.remove(claimed)
                                : letters.keep(claimed, cut(refused.words()), null, true, now),
                        new LetterEnding.Refused(refused.words()));
            case SendResult.Failed failed -> keepTrying(claimed, failed, now);
            case SendResult.Dropped dropped -> {
                letters.remove(claimed);
                destinations.noTrialNow(name);
                yield Optional.empty();
            }
            case SendResult.Withheld withheld -> {
                letters.giveBack(claimed);
                destinations.noTrialNow(name);
                yield Optional.empty();
            }
        };
        switch (outcome) {
            case SendResult.Delivered delivered -> destinations.answered(name, true, now);
            case SendResult.Refused refused -> destinations.answered(name, false, now);
            case SendResult.Failed failed ->
                destinations.failed(
                        name,
                        cut(failed.words()),
                        failed.notBefore(),
                        settings.firstBackOff(),
                        settings.longestBackOff(),
                        now);
            case SendResult.Dropped dropped -> {}
            case SendResult.Withheld withheld -> {}
        }
        ending.ifPresent(end -> publishEnding(letter, end));
    }

    private void publishEnding(Letter letter, LetterEnding ending) {
        events.publishEvent(new LetterSettled(letter, ending));
    }

    private static Optional<LetterEnding> ended(boolean ours, LetterEnding ending) {
        return ours ? Optional.of(ending) : Optional.empty();
    }

    private Optional<LetterEnding> keepTrying(Claimed claimed, SendResult.Failed failed, Instant now) {
        if (letters.isOvertaken(claimed, false)) {
            return ended(letters.remove(claimed), new LetterEnding.Replaced());
        }
        Instant since = claimed.failingSince();
        if (failed.counts()
                && since != null
                && since.plus(settings.giveUpAfter()).isBefore(now)) {
            String words = cut("given up; the last failure: " + failed.words());
            return ended(letters.keep(claimed, words, null, true, now), new LetterEnding.GivenUp(words));
        }
        Instant dueAt = now.plus(backOff.after(claimed.letter().attempt()));
        letters.keep(claimed, cut(failed.words()), dueAt, failed.counts(), now);
        return Optional.empty();
    }

    private static String cut(String words) {
        return words.length() <= LONGEST_TROUBLE ? words : StorableText.repaired(words.substring(0, LONGEST_TROUBLE));
    }
}
