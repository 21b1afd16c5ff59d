package fr.sas.hub.kafka;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrives in a topic from now on, in all its partitions, whoever else reads it. While brokers are away nothing arrives;
 * what was sent before this node reached them is not delivered later.
 */
public final class KafkaTail implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaTail.class);
    /** Beyond this the reader has no time for it, and is better off without. */
    private static final int MOST_WAITING = 10_000;

    private static final Duration LISTENED_AT_ONCE = Duration.ofMillis(500);
    private static final int PAUSE_MILLIS = 500;

    /** Brokers are asked whether they are still there when nothing has arrived for this long. */
    private static final Duration QUIET = Duration.ofSeconds(5);
    /** Being unable to read for this long is reported. */
    private static final Duration TOLERATED = Duration.ofSeconds(10);

    private final KafkaClient client;
    private final String topic;
    private final Duration patience;
    private final KafkaTroubles troubles;
    private final KafkaTroubles.Activity reading;
    private final BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    /** By {@link System#nanoTime}, of the thread that reads. */
    private long workedAt = System.nanoTime();

    private volatile boolean closed;

    KafkaTail(KafkaClient client, KafkaTopic topic, KafkaSettings settings, KafkaTroubles troubles) {
        this.client = client;
        this.topic = settings.topic(topic);
        this.patience = settings.patience();
        this.troubles = troubles;
        this.reading = new KafkaTroubles.Activity(KafkaTroubles.Activity.Kind.READING, topic);
        this.thread = Thread.ofPlatform().name("kafka-tail").daemon().unstarted(this::follow);
        thread.start();
    }

    /** The next value; null when none arrives in time. */
    public byte @Nullable [] next(Duration atMost) throws InterruptedException {
        return arrived.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void follow() {
        while (!closed) {
            try (KafkaConsumer<byte[], byte[]> consumer = client.consumer()) {
                List<TopicPartition> partitions = consumer.partitionsFor(topic, patience).stream()
                        .map(partition -> new TopicPartition(topic, partition.partition()))
                        .toList();
                if (partitions.isEmpty()) {
                    throw new KafkaException("There is no topic " + topic);
                }
                consumer.assign(partitions);
                consumer.seekToEnd(partitions);
                partitions.forEach(partition -> consumer.position(partition, patience));
                works();
                while (!closed) {
                    ConsumerRecords<byte[], byte[]> some = consumer.poll(LISTENED_AT_ONCE);
                    for (ConsumerRecord<byte[], byte[]> found : some) {
                        if (!arrived.offer(found.value())) {
                            arrived.clear();
                        }
                    }
                    if (!some.isEmpty()) {
                        works();
                    } else if (System.nanoTime() - workedAt >= QUIET.toNanos()) {
                        // polling does not report that no broker answers
                        consumer.endOffsets(partitions, patience);
                        works();
                    }
                }
            } catch (RuntimeException e) {
                if (!closed) {
                    log.debug("Not reading {}; trying again: {}", topic, e.getMessage());
                    failed(e);
                    pause();
                }
            }
        }
    }

    private void works() {
        workedAt = System.nanoTime();
        if (troubles.worked(reading)) {
            log.warn("{} can be read again", topic);
        }
    }

    private void failed(RuntimeException e) {
        if (System.nanoTime() - workedAt >= TOLERATED.toNanos()) {
            String why = e.getClass().getSimpleName() + ": " + e.getMessage();
            if (troubles.failed(reading, why)) {
                log.warn("{} cannot be read; trying again: {}", topic, why);
            }
        }
    }

    private void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
