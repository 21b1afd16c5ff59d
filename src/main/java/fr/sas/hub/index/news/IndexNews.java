package fr.sas.hub.index.news;

import fr.sas.hub.database.AfterCommit;
import fr.sas.hub.database.BackgroundComponent;
import fr.sas.hub.database.BackgroundThread;
import fr.sas.hub.database.DatabasePulse;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Informs every node of changes: this one right after the commit, the others by a {@link NewsLine} within the transaction. A node that may
 * have missed something discards everything it holds.
 */
@Component
public class IndexNews implements BackgroundComponent, NewsLine.Listener {

    private static final Logger log = LoggerFactory.getLogger(IndexNews.class);
    /** The payload of a NOTIFY is limited to less than 8,000 bytes; a subject takes at most 18. */
    private static final int SUBJECTS_PER_MESSAGE = 400;

    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

    /** The pulse may still know the answer of another one. */
    private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(1);

    /** By then the database has completed or rolled back the transaction of a lost connection. */
    private static final Duration DOUBT = Duration.ofMinutes(10);

    private static final Duration[] LAGS = Stream.of(10, 50, 100, 250, 500, 1000, 2500, 5000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final String node = UUID.randomUUID().toString().substring(0, 8);
    private final RenderingVersions versions;
    private final ReplayPositions positions;
    private final NewsLine line;
    private final DatabasePulse pulse;
    private final ApplicationEventPublisher events;
    private final Clock clock;
    private final Timer lag;
    private final BackgroundThread thread = new BackgroundThread("index-news", this::listen);
    private volatile boolean hearing;
    /** Whose changes are heard. */
    private volatile String database = "";
    /** By {@link System#nanoTime}. */
    private volatile long listensSince;
    /** When the connection was last verified. */
    private volatile Instant heardAt = Instant.EPOCH;
    /** Until then this node also processes its own messages: one of its commits may have taken effect without its knowledge. */
    private volatile Instant inDoubtUntil = Instant.EPOCH;

    private final CountDownLatch heard = new CountDownLatch(1);

    IndexNews(
            RenderingVersions versions,
            ReplayPositions positions,
            NewsLine line,
            DatabasePulse pulse,
            ApplicationEventPublisher events,
            MeterRegistry meters,
            Clock clock) {
        this.versions = versions;
        this.positions = positions;
        this.line = line;
        this.pulse = pulse;
        this.events = events;
        this.clock = clock;
        this.lag = Timer.builder("hub.index.news.lag")
                .description("Time from a change made by another node, by its clock, until this node received it")
                .serviceLevelObjectives(LAGS)
                .register(meters);
        Gauge.builder("hub.index.news.hearing", () -> hearing ? 1 : 0)
                .description("1 while this node has the connection on which it receives changes from other nodes")
                .register(meters);
    }

    /** Whether this node receives the changes of other nodes; otherwise its data in memory may be out of date. */
    boolean isHearing() {
        return hearing && pulse.isAnsweredBy(database);
    }

    /** Changes that other nodes made before this instant are known. */
    Instant heardAt() {
        return heardAt;
    }

    /** Must be called within the transaction of the change. */
    public void changed(Collection<? extends Subject> subjects) {
        versions.countUp(subjects);
        send("changed - ", subjects);
        afterCommit(new IndexChanged.Changed(Set.copyOf(subjects)));
    }

    public void confirmed(Source source, Instant at, Collection<? extends Subject> subjects) {
        send("confirmed " + source + "@" + at.toEpochMilli() + " ", subjects);
        afterCommit(new IndexChanged.Confirmed(source, at, Set.copyOf(subjects)));
    }

    /** Something that concerns every subject changed: stored renderings are no longer valid. */
    public void everybodyChanged() {
        versions.beginAnEpoch();
        everythingChanged();
    }

    /**
     * Vendors' states or the subjects they are asked for changed; stored renderings record which of these they are
     * valid for.
     */
    public void everythingChanged() {
        line.publish(everything(sender()));
        afterCommit(new IndexChanged.Everything());
    }

    static String everything(String sender) {
        return sender + " everything - -";
    }

    private void send(String what, Collection<? extends Subject> subjects) {
        List<String> values = subjects.stream().map(Subject::value).toList();
        for (int from = 0; from < values.size(); from += SUBJECTS_PER_MESSAGE) {
            line.publish(sender() + " " + what
                    + String.join(",", values.subList(from, Math.min(values.size(), from + SUBJECTS_PER_MESSAGE))));
        }
    }

    private String sender() {
        return node + "@" + clock.millis();
    }

    private void publish(IndexChanged news) {
        positions.recordChange(news);
        events.publishEvent(news);
    }

    private void afterCommit(IndexChanged event) {
        AfterCommit.run(() -> publish(event), () -> {
            inDoubtUntil = clock.instant().plus(DOUBT);
            publish(event);
        });
    }

    @Override
    public void start() {
        thread.start();
        awaitHearing();
    }

    /** Anything read into memory earlier would be discarded; without a database, the wait is short. */
    private void awaitHearing() {
        try {
            if (!heard.await(TRY_AGAIN_AFTER.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("Not receiving changes from other nodes yet");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Before requests are served: anything read into memory earlier would be discarded. */
    @Override
    public int getPhase() {
        return 0;
    }

    @Override
    public BackgroundThread thread() {
        return thread;
    }

    private void listen() {
        while (thread.goesOn()) {
            try {
                line.listen(this);
                hearing = false;
            } catch (SQLException | RuntimeException e) {
                hearing = false;
                pauseAfter(e);
            }
        }
    }

    /** Until another database answers instead: the one that is listened to says nothing about it, even if it still runs. */
    @Override
    public boolean goesOn() {
        return thread.goesOn()
                && (pulse.isAnsweredBy(database) || System.nanoTime() - listensSince < ANSWERS_WITHIN.toNanos());
    }

    @Override
    public void listensTo(String database) {
        this.database = database;
        listensSince = System.nanoTime();
    }

    @Override
    public void begins(Instant at) {
        heardAt = at;
        positions.hearingBegins();
        publish(new IndexChanged.Everything());
        hearing = true;
        heard.countDown();
    }

    @Override
    public void doubts() {
        hearing = false;
    }

    @Override
    public void isUpToDate(Instant at) {
        if (at.isAfter(heardAt)) {
            heardAt = at;
        }
    }

    private void pauseAfter(Exception e) {
        if (thread.goesOn()) {
            log.warn("Lost the connection that receives changes from other nodes; retrying: {}", e.getMessage());
            BackgroundThread.pause(TRY_AGAIN_AFTER);
        }
    }

    @Override
    public void hears(String message) {
        String[] parts = message.split(" ", 4);
        String[] sender = parts[0].split("@", 2);
        if (parts.length != 4 || sender[0].equals(node) && !clock.instant().isBefore(inDoubtUntil)) {
            return;
        }
        if (sender.length == 2) {
            lag.record(Duration.ofMillis(Math.max(0, clock.millis() - Long.parseLong(sender[1]))));
        }
        switch (parts[1]) {
            case "changed" -> publish(new IndexChanged.Changed(subjects(parts[3])));
            case "confirmed" -> {
                String[] word = parts[2].split("@", 2);
                publish(new IndexChanged.Confirmed(
                        new Source(word[0]), Instant.ofEpochMilli(Long.parseLong(word[1])), subjects(parts[3])));
            }
            default -> publish(new IndexChanged.Everything());
        }
    }

    private static Set<Subject> subjects(String joined) {
        Set<Subject> subjects = new HashSet<>();
        for (String value : joined.split(",")) {
            Subject.ofNational(value).ifPresent(subjects::add);
        }
        return subjects;
    }
}
