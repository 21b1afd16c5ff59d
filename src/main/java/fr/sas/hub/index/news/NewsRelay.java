package fr.sas.hub.index.news;

import fr.sas.hub.database.BackgroundComponent;
import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.database.DedicatedConnection;
import fr.sas.hub.kafka.KafkaAway;
import fr.sas.hub.kafka.KafkaLine;
import fr.sas.hub.kafka.KafkaRecord;
import fr.sas.hub.kafka.KafkaTopic;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/**
 * Carries news from the outbox to Kafka, on one node at a time: the one whose session holds the lock. What Kafka does not
 * accept is not kept for it, because by then every node has read it from the outbox.
 */
@Component
@ConditionalOnProperty(name = "hub.news", havingValue = "kafka")
class NewsRelay implements BackgroundComponent {

    private static final Logger log = LoggerFactory.getLogger(NewsRelay.class);
    private static final Duration READ_EVERY = Duration.ofMillis(15);
    private static final Duration TRY_AGAIN_AFTER = Duration.ofMillis(1_000);
    /** Less than half the time that listeners wait. */
    private static final Duration SIGN_OF_LIFE = Duration.ofMillis(150);
    /** One key, and therefore one partition and one order. */
    private static final String KEY = "news";

    private final KafkaLine kafka;
    private final DataSource database;
    private final Duration repliesWithin;
    private final BackgroundThread thread = new BackgroundThread("news-relay", this::run);

    NewsRelay(KafkaLine kafka, DataSource database, IndexNewsSettings settings) {
        this.kafka = kafka;
        this.database = database;
        this.repliesWithin = settings.listenAgainEvery();
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    private void run() {
        while (thread.goesOn()) {
            if (kafka.isOpen()) {
                try (DedicatedConnection line = DedicatedConnection.from(database, repliesWithin)) {
                    NewsTables outbox = NewsTables.on(line.connection());
                    awaitTurn(outbox);
                    relay(outbox);
                } catch (KafkaAway e) {
                    log.debug("Another node may reach Kafka: {}", e.getMessage());
                } catch (SQLException | RuntimeException e) {
                    log.debug("Relaying again: {}", e.getMessage());
                }
            }
            BackgroundThread.pause(TRY_AGAIN_AFTER);
        }
    }

    private void awaitTurn(NewsTables outbox) {
        while (thread.goesOn() && !outbox.becomesRelay()) {
            BackgroundThread.pause(TRY_AGAIN_AFTER);
        }
    }

    private void relay(NewsTables outbox) {
        String database = outbox.database();
        NewsSnapshot from = outbox.now();
        long sentAt = System.nanoTime() - SIGN_OF_LIFE.toNanos();
        while (thread.goesOn()) {
            NewsTables.News news = outbox.after(from);
            if (!news.messages().isEmpty() || System.nanoTime() - sentAt >= SIGN_OF_LIFE.toNanos()) {
                // one at a time: no later part may follow one that was lost
                for (NewsBatch part : new NewsBatch(database, from, news.now(), news.at(), news.messages()).inParts()) {
                    kafka.send(KafkaTopic.NEWS, List.of(new KafkaRecord(KEY, part.write(), Map.of())));
                }
                sentAt = System.nanoTime();
                from = news.now();
            }
            BackgroundThread.pause(READ_EVERY);
        }
    }
}
