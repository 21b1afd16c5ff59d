package fr.sas.hub.changes;

import fr.sas.hub.access.OwnHosts;
import fr.sas.hub.database.AfterCommit;
import fr.sas.hub.database.BackgroundComponent;
import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.kafka.KafkaAway;
import fr.sas.hub.kafka.KafkaLine;
import fr.sas.hub.kafka.KafkaRecord;
import fr.sas.hub.kafka.KafkaTopic;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Publishes changes to Kafka, on one node at a time, from a position that moves once a whole page is confirmed: at least once, and in
 * order per subject (docs/decisions/0078). A record contains everything that is shown about its subject, and what disappeared: a
 * consumer that has the latest record needs no earlier one. The node that writes changes publishes them at once; others look once a second.
 */
@Component
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
class ChangesTopic implements BackgroundComponent {

    /** A record's position among those of its subject. */
    static final String POSITION = "hub-position";
    /** Milliseconds of 1970: since when positions count. */
    static final String BEGUN = "hub-begun";
    /** The header of a record that is about no subject: everything that counts has been published since then. */
    static final String COMPLETE = "hub-complete";
    /** The header of a record without content: the size in bytes of the one that the brokers did not accept. */
    static final String TOO_LARGE = "hub-too-large";

    private static final Logger log = LoggerFactory.getLogger(ChangesTopic.class);
    private static final int ENTRIES_AT_ONCE = 2_000;
    /** A node that stalls for longer than a send may take, plus this, is no longer the one that publishes. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final int LOOK_EVERY_MILLIS = 1_000;
    private static final int STATUS_EVERY_MILLIS = 5_000;

    private final Changes changes;
    private final ChangesDemand demand;
    private final TopicTable table;
    private final KafkaLine kafka;
    private final OwnHosts hosts;
    private final DatabasePulse pulse;
    private final TransactionTemplate transaction;
    private final Clock clock;
    private final Semaphore calls = new Semaphore(0);
    private final BackgroundThread thread = new BackgroundThread("changes-topic", this::publish);
    /** Null while it cannot be read. */
    private volatile TopicTable.@Nullable TopicStatus status;

    private final Counter publications;
    private boolean failing;

    ChangesTopic(
            Changes changes,
            ChangesDemand demand,
            TopicTable table,
            KafkaLine kafka,
            OwnHosts hosts,
            DatabasePulse pulse,
            PlatformTransactionManager transactions,
            MeterRegistry meters,
            Clock clock) {
        this.changes = changes;
        this.demand = demand;
        this.table = table;
        this.kafka = kafka;
        this.hosts = hosts;
        this.pulse = pulse;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        Gauge.builder(
                        "hub.changes.topic.behind",
                        () -> figure(one -> one.behind().toMillis() / 1000d))
                .baseUnit("seconds")
                .description(
                        "Age of the oldest change that is not published to Kafka yet, whichever node publishes; 0 when there is none, NaN"
                                + " while it cannot be read")
                .register(meters);
        publications = Counter.builder("hub.changes.topic.publications")
                .description("Number of times this node has started to publish everything to Kafka again")
                .register(meters);
        Gauge.builder("hub.changes.topic.oversized", () -> figure(TopicTable.TopicStatus::oversized))
                .description(
                        "Subjects published to Kafka without their content, which is larger than the topic accepts; NaN while it cannot"
                                + " be read")
                .register(meters);
    }

    /** Updated now and then; null while it cannot be read. */
    TopicTable.@Nullable TopicStatus status() {
        return pulse.isSilent() ? null : status;
    }

    private double figure(ToDoubleFunction<TopicTable.TopicStatus> figure) {
        TopicTable.TopicStatus now = status();
        return now == null ? Double.NaN : figure.applyAsDouble(now);
    }

    @Scheduled(fixedDelay = STATUS_EVERY_MILLIS)
    void poll() {
        if (pulse.isSilent()) {
            status = null;
            return;
        }
        try {
            status = table.status();
        } catch (DataAccessException e) {
            status = null;
            if (!DatabaseFailure.isIn(e)) {
                log.error("The lag of the topic of changes cannot be read", e);
            }
        }
    }

    @EventListener
    void on(ChangesWritten written) {
        calls.release();
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    private void publish() {
        while (thread.goesOn()) {
            try {
                if (calls.tryAcquire(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                    calls.drainPermits();
                }
                while (thread.goesOn() && kafka.isOpen() && !pulse.isSilent() && publishSome()) {
                    // until nothing is left
                }
                failing = false;
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException e) {
                failed(e);
                calls.drainPermits();
            }
        }
    }

    /** Publishing is retried whatever failed; failures that are logged elsewhere are not logged here. */
    private void failed(RuntimeException why) {
        boolean isKnown = why instanceof KafkaAway || DatabaseFailure.isIn(why);
        if (!failing && !isKnown) {
            log.error("Changes cannot be published; trying again every second", why);
        }
        failing = true;
        log.debug("Publishing again: {}", why.getMessage());
    }

    /**
     * Requests changes whether they can be published or not, and does so beforehand: the transaction waits for Kafka, and
     * must not hold what writers of changes need.
     *
     * @return whether more may be left
     */
    private boolean publishSome() {
        demand.ask();
        return Boolean.TRUE.equals(
                transaction.execute(status -> table.lock(kafka.longestSend().plus(MARGIN))
                        .map(this::publishAfter)
                        .orElse(false)));
    }

    private boolean publishAfter(TopicTable.Topic topic) {
        Position at = topic.position();
        Instant begun = Optional.ofNullable(topic.begun()).orElse(Instant.EPOCH);
        if (at == null || !topic.isOfThisRun()) {
            log.info("Everything is published, because nothing is known of what was published before");
            return beginAgain(begun);
        }
        return switch (changes.wholeAfterAsWritten(at, ENTRIES_AT_ONCE)) {
            case ChangesSince.Page page -> {
                Set<String> oversized = publish(page.subjects(), begun, topic.oversized());
                if (at.isWithoutAll() && !page.next().isWithoutAll()) {
                    table.keepLock();
                    kafka.sendToEachPartition(KafkaTopic.CHANGES, completion(page.next(), begun));
                }
                if (!page.next().equals(at)) {
                    table.moveTo(page.next(), begun, oversized);
                }
                yield !page.subjects().isEmpty();
            }
            case ChangesSince.Unknown unknown -> {
                log.warn("What was to be published next is no longer known; everything is published again");
                yield beginAgain(begun);
            }
        };
    }

    private boolean beginAgain(Instant begun) {
        table.beginAgain(laterThan(begun));
        AfterCommit.run(publications::increment);
        return true;
    }

    /** Now, unless this node's clock is behind that of the one that wrote it. */
    private Instant laterThan(Instant begun) {
        Instant now = clock.instant();
        return now.isAfter(begun.plusMillis(1)) ? now : begun.plusMillis(1);
    }

    /**
     * Subjects that were too large the last time are published one by one from the start: a batch with one that is too large must be sent
     * again one by one.
     *
     * @return the subjects whose last record was too large
     */
    private Set<String> publish(List<ChangedSubject> subjects, Instant begun, Set<String> oversizedBefore) {
        if (subjects.isEmpty()) {
            return oversizedBefore;
        }
        Set<String> oversized = new HashSet<>(oversizedBefore);
        Map<Boolean, List<KafkaRecord>> records = subjects.stream()
                .map(one -> record(one, begun))
                .collect(Collectors.partitioningBy(one -> oversizedBefore.contains(one.key())));
        List<KafkaRecord> usual = Objects.requireNonNull(records.get(false));
        if (!usual.isEmpty() && !sendUnlessTooLarge(usual)) {
            usual.forEach(one -> publishAlone(one, oversized));
        }
        Objects.requireNonNull(records.get(true)).forEach(one -> publishAlone(one, oversized));
        return oversized;
    }

    /** Fails instead of sending what may be outdated, if this node stalled and another one is publishing. */
    private boolean sendUnlessTooLarge(List<KafkaRecord> records) {
        table.keepLock();
        return kafka.sendUnlessTooLarge(KafkaTopic.CHANGES, records);
    }

    private void publishAlone(KafkaRecord one, Set<String> oversized) {
        if (sendUnlessTooLarge(List.of(one))) {
            oversized.remove(one.key());
            return;
        }
        Map<String, String> headers = new HashMap<>(one.headers());
        headers.put(TOO_LARGE, String.valueOf(one.value().length));
        table.keepLock();
        kafka.send(KafkaTopic.CHANGES, List.of(new KafkaRecord(one.key(), bundle(List.of()), headers)));
        if (oversized.add(one.key())) {
            log.error(
                    "The record of {} is larger than the topic of changes accepts, {} bytes before compression: it is published"
                            + " without content",
                    one.key(),
                    one.value().length);
        }
    }

    private KafkaRecord record(ChangedSubject subject, Instant begun) {
        return new KafkaRecord(
                subject.subject(),
                bundle(List.of(subject)),
                Map.of(
                        POSITION, String.valueOf(subject.position()),
                        BEGUN, String.valueOf(begun.toEpochMilli())));
    }

    private KafkaRecord completion(Position last, Instant begun) {
        String since = String.valueOf(begun.toEpochMilli());
        return new KafkaRecord(
                COMPLETE, bundle(List.of()), Map.of(POSITION, last.toString(), BEGUN, since, COMPLETE, since));
    }

    private byte[] bundle(List<ChangedSubject> subjects) {
        return ChangesBundle.write(hosts.baseUrl(), clock.instant(), subjects);
    }
}
