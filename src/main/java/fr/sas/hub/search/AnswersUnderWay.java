package fr.sas.hub.search;

import fr.sas.hub.access.interaction.FhirRefusal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Answers that are complete but not yet fully read by their clients; they hold no seat. A few are written on their
 * request threads, which is fastest; while those are occupied by slow readers, the others are written whenever their
 * client reads (non-blocking I/O, Servlet 6.0 §3.12) and hold only their bytes, bounded in size and time: beyond that,
 * the connection that has been idle longest is closed, which distinguishes a truncated answer from a complete one
 * (docs/decisions/0035).
 */
@Component
class AnswersUnderWay {

    /** An answer that fits into a connection's buffers is sent at once. */
    private static final int SMALL = 16 * 1024;

    private static final int PORTION = 64 * 1024;

    /** A client that has read nothing for this long makes room for others. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** The fraction of all bytes that may be held that is written on request threads. */
    private static final int PART_ON_THREADS = 4;

    private static final Logger log = LoggerFactory.getLogger(AnswersUnderWay.class);

    private final long most;
    private final Duration within;
    private final SearchFigures figures;
    private final Set<UnderWay> all = ConcurrentHashMap.newKeySet();
    private final AtomicLong weight = new AtomicLong();
    private final AtomicLong onThreads = new AtomicLong();

    AnswersUnderWay(SearchSettings settings, SearchFigures figures) {
        this.most = settings.sendingAtMost().toBytes();
        this.within = settings.sendingWithin();
        this.figures = figures;
    }

    /**
     * Sends the body of an answer whose status and headers are set.
     *
     * @param sent called when the array may be reused; never called when the connection was cut
     */
    void send(HttpServletRequest request, HttpServletResponse response, byte[] array, int length, Runnable sent)
            throws IOException {
        response.setContentLength(length);
        ServletOutputStream out = response.getOutputStream();
        Runnable closing = ClosingConnections.of(request);
        boolean isNoMatter = length <= SMALL || request.getMethod().equals("HEAD");
        if (isNoMatter || closing == null || !request.isAsyncSupported()) {
            write(out, array, length, () -> {});
            sent.run();
        } else if (onThreads.addAndGet(array.length) <= most / PART_ON_THREADS) {
            try {
                write(out, array, length, closing);
                sent.run();
            } finally {
                onThreads.addAndGet(-array.length);
            }
        } else {
            onThreads.addAndGet(-array.length);
            makeRoomFor(array.length, response);
            UnderWay one = new UnderWay(request.startAsync(), out, array, length, sent, closing);
            all.add(one);
            one.begin();
        }
    }

    /** Cuts clients that have read nothing lately; if none is that slow, the newest request is asked to retry. */
    private void makeRoomFor(int more, HttpServletResponse response) {
        if (weight.addAndGet(more) <= most) {
            return;
        }
        long lately = System.nanoTime() - PATIENCE.toNanos();
        all.stream()
                .filter(other -> other.took - lately < 0)
                .sorted(Comparator.comparingLong((UnderWay other) -> other.took - lately))
                .takeWhile(other -> weight.get() > most)
                .forEach(other -> other.cut("room"));
        if (weight.get() > most) {
            weight.addAndGet(-more);
            response.reset();
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
            throw new FhirRefusal(
                    429, "throttled", "Too many answers are waiting for slow readers; try again in a second");
        }
    }

    /**
     * Writes on the current thread. The server gives up on a client that reads nothing; a client that disconnects is
     * not an error.
     */
    private void write(ServletOutputStream out, byte[] array, int length, Runnable closing) {
        long began = System.nanoTime();
        try {
            for (int at = 0; at < length; at += PORTION) {
                if (System.nanoTime() - began > within.toNanos()) {
                    figures.cut("time");
                    closing.run();
                    return;
                }
                out.write(array, at, Math.min(PORTION, length - at));
            }
        } catch (IOException gone) {
            log.debug("A client disconnected before the end of the answer: {}", gone.toString());
        }
    }

    @Scheduled(fixedDelay = 500)
    void cutThoseWhoseTimeIsOver() {
        long now = System.nanoTime();
        for (UnderWay one : all) {
            if (now - one.began > within.toNanos()) {
                one.cut("time");
            }
        }
    }

    /** Bytes held for clients. */
    long weight() {
        return weight.get();
    }

    private final class UnderWay implements WriteListener, AsyncListener {

        private final AsyncContext async;
        private final ServletOutputStream out;
        private final byte[] array;
        private final int length;
        private final Runnable sent;
        private final Runnable closing;
        private final long began = System.nanoTime();
        /** When the client last read something. */
        private volatile long took = began;

        private int written;
        private boolean over;

        UnderWay(
                AsyncContext async,
                ServletOutputStream out,
                byte[] array,
                int length,
                Runnable sent,
                Runnable closing) {
            this.async = async;
            this.out = out;
            this.array = array;
            this.length = length;
            this.sent = sent;
            this.closing = closing;
        }

        void begin() {
            async.setTimeout(0);
            async.addListener(this);
            out.setWriteListener(this);
        }

        @Override
        public void onWritePossible() throws IOException {
            while (out.isReady()) {
                if (written == length) {
                    if (end()) {
                        sent.run();
                        async.complete();
                    }
                    return;
                }
                int portion = Math.min(PORTION, length - written);
                out.write(array, written, portion);
                written += portion;
                took = System.nanoTime();
            }
        }

        /** A client that disconnects is not an error. */
        @Override
        public void onError(Throwable gone) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
            event.getAsyncContext().complete();
        }

        @Override
        public void onComplete(AsyncEvent event) {
            end();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}

        /**
         * Closes the connection, unless this answer is complete: the container may then be using it for another
         * request.
         */
        synchronized void cut(String why) {
            if (end()) {
                figures.cut(why);
                closing.run();
            }
        }

        private synchronized boolean end() {
            if (over) {
                return false;
            }
            over = true;
            all.remove(this);
            weight.addAndGet(-array.length);
            return true;
        }
    }
}
