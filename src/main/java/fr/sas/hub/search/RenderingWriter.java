package fr.sas.hub.search;

import fr.sas.hub.index.ReadySubjects;
import fr.sas.hub.slot.Subject;
import jakarta.annotation.PreDestroy;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Stores what was rendered for an answer for all nodes and later starts, in the background: no request waits for it.
 */
@Component
class RenderingWriter {

    private static final Logger log = LoggerFactory.getLogger(RenderingWriter.class);
    /** In answers; anything beyond is not stored and is rendered again where it is missing. */
    private static final int MOST_WAITING = 256;

    private final ReadySubjects kept;
    private final ThreadPoolExecutor keeper = new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MOST_WAITING),
            Thread.ofPlatform().name("kept-subjects").daemon().factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    RenderingWriter(ReadySubjects kept) {
        this.kept = kept;
    }

    /** @param stamps of the data it was rendered from, read beforehand */
    void save(Map<Subject, PackedSubject> made, Map<Subject, ReadySubjects.Stamp> stamps, boolean forCommunities) {
        List<ReadySubjects.NewRendering> rows = made.entrySet().stream()
                .map(one -> one.getValue().made(one.getKey(), Objects.requireNonNull(stamps.get(one.getKey()))))
                .toList();
        keeper.execute(() -> save(rows, forCommunities));
    }

    private void save(List<ReadySubjects.NewRendering> rows, boolean forCommunities) {
        try {
            kept.save(rows, forCommunities, PackedSubject.FORMAT);
        } catch (DataAccessException | TransactionException e) {
            log.debug("Not stored; it will be rendered again on request: {}", e.getMessage());
        }
    }

    @PreDestroy
    void end() {
        keeper.shutdownNow();
    }
}
