package fr.sas.hub.search;

import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.index.Standings;
import fr.sas.hub.slot.SubjectsSearched;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** Answers searches, so many at once, into buffers that are used again. */
@Component
class Searches {

    private static final int LARGEST_FORM = 256 * 1024;
    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int LARGEST_KEPT_BUFFER = 4 * 1024 * 1024;

    private final Shelf shelf;
    private final Standings standings;
    private final SearchSettings settings;
    private final Addresses addresses;
    private final Replies replies;
    private final ApplicationEventPublisher events;
    private final SearchFigures figures;
    private final Clock clock;
    private final Semaphore seats;
    private final ArrayBlockingQueue<byte[]> buffers = new ArrayBlockingQueue<>(32);

    Searches(
            Shelf shelf,
            Standings standings,
            SearchSettings settings,
            Addresses addresses,
            Replies replies,
            ApplicationEventPublisher events,
            SearchFigures figures,
            Clock clock) {
        this.shelf = shelf;
        this.standings = standings;
        this.settings = settings;
        this.addresses = addresses;
        this.replies = replies;
        this.events = events;
        this.figures = figures;
        this.clock = clock;
        this.seats = new Semaphore(settings.atOnce());
    }

    /** The parameters of a POST on _search. */
    static QueryString form(HttpServletRequest request) throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new FhirRefusal(415, "not-supported", "_search takes application/x-www-form-urlencoded, not " + type);
        }
        byte[] bytes = request.getInputStream().readNBytes(LARGEST_FORM + 1);
        if (bytes.length > LARGEST_FORM) {
            throw new FhirRefusal(413, "too-long", "A search form has at most " + LARGEST_FORM + " bytes");
        }
        return QueryString.parse(new String(bytes, StandardCharsets.UTF_8));
    }

    /** @param type Slot or Schedule */
    void answer(
            HttpServletRequest request, HttpServletResponse response, Wire wire, String type, QueryString parameters)
            throws IOException {
        boolean lenient =
                Optional.ofNullable(request.getHeader("Prefer")).orElse("").contains("handling=lenient");
        SearchQuery query = type.equals("Slot")
                ? SearchQuery.ofSlots(parameters, lenient)
                : SearchQuery.ofSchedules(parameters, lenient);
        long began = System.nanoTime();
        takeSeat(response);
        try {
            write(request, response, wire, type, query, began);
        } finally {
            seats.release();
        }
    }

    private void write(
            HttpServletRequest request,
            HttpServletResponse response,
            Wire wire,
            String type,
            SearchQuery query,
            long began)
            throws IOException {
        Instant now = clock.instant();
        events.publishEvent(new SubjectsSearched(query.subjects(), now));
        List<ShelvedSubject> subjects = shelf.takeWithCentres(query.subjects(), now);
        boolean gzip = wire.isJson() && Wire.accepts(request, "gzip");
        byte[] buffer = Optional.ofNullable(buffers.poll()).orElseGet(() -> new byte[FIRST_BUFFER]);
        AnswerBytes out = gzip ? new GzipAnswer(buffer) : new PlainAnswer(buffer);
        int found = new SearchAnswer(query, subjects, standings, figures, now, addresses.base(request), out)
                .write(addresses.self(request, type));
        response.setHeader("Vary", "Accept, Accept-Encoding");
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        if (wire.isJson()) {
            response.setContentType(wire.contentType());
            response.setContentLength(out.length());
            response.getOutputStream().write(out.array(), 0, out.length());
        } else {
            replies.send(response, wire, 200, Arrays.copyOf(out.array(), out.length()));
        }
        figures.answered(System.nanoTime() - began, out.length(), found);
        if (out.array().length <= LARGEST_KEPT_BUFFER) {
            buffers.offer(out.array());
        }
    }

    private void takeSeat(HttpServletResponse response) {
        try {
            if (seats.tryAcquire() || seats.tryAcquire(settings.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        throw new FhirRefusal(
                429, "throttled", "The hub answers " + settings.atOnce() + " searches at once; try again in a second");
    }
}
