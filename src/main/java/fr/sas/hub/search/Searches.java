package fr.sas.hub.search;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.MediaTypes;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.Preferences;
import fr.sas.hub.index.freshness.SourceFreshnessPolicy;
import fr.sas.hub.search.parameter.QueryString;
import fr.sas.hub.slot.SubjectsSearched;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/** Answers a bounded number of concurrent searches, reusing its buffers. */
@Component
class Searches {

    private static final int LARGEST_FORM = 256 * 1024;
    static final int FIRST_BUFFER = 64 * 1024;
    private static final int LARGEST_KEPT_BUFFER = 4 * 1024 * 1024;

    private final SubjectShelf shelf;
    private final RoleSearches roles;
    private final SourceFreshnessPolicy freshness;
    private final SearchSettings settings;
    private final Addresses addresses;
    private final SearchReplies replies;
    private final AnswersUnderWay underWay;
    private final ApplicationEventPublisher events;
    private final Side others;
    private volatile Side own;
    private final Clock clock;
    private final Semaphore seats;
    private final ArrayBlockingQueue<byte[]> buffers = new ArrayBlockingQueue<>(32);

    Searches(
            SubjectShelf shelf,
            DeflatedRuns deflated,
            RoleSearches roles,
            SourceFreshnessPolicy freshness,
            SearchSettings settings,
            Addresses addresses,
            SearchReplies replies,
            AnswersUnderWay underWay,
            ApplicationEventPublisher events,
            SearchFigures figures,
            Clock clock) {
        this.shelf = shelf;
        this.roles = roles;
        this.freshness = freshness;
        this.settings = settings;
        this.addresses = addresses;
        this.replies = replies;
        this.underWay = underWay;
        this.events = events;
        this.others = new Side(true, figures, deflated);
        this.own = new Side(false, new SearchFigures(new SimpleMeterRegistry()), new DeflatedRuns(settings));
        this.clock = clock;
        this.seats = new Semaphore(settings.atOnce());
    }

    /**
     * Who searches: others, or this node itself while it warms up.
     *
     * @param counts whether subjects are in demand because of it
     * @param deflated of whom it asks for most
     */
    private record Side(boolean counts, SearchFigures figures, DeflatedRuns deflated) {}

    /** From now on this node's own answers take their deflated runs from here, and displace nobody's. */
    void answerItselfWith(DeflatedRuns runs) {
        own = new Side(false, own.figures, runs);
    }

    /** The parameters of a POST on _search. */
    static QueryString form(HttpServletRequest request) throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        if (!isForm(type)) {
            throw new FhirRefusal(
                    415, "not-supported", "_search accepts application/x-www-form-urlencoded, not " + type);
        }
        byte[] bytes = request.getInputStream().readNBytes(LARGEST_FORM + 1);
        if (bytes.length > LARGEST_FORM) {
            throw new FhirRefusal(413, "too-long", "A search form must not exceed " + LARGEST_FORM + " bytes");
        }
        return QueryString.parse(new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean isForm(String type) {
        return MediaTypes.one(type)
                .filter(MediaType.APPLICATION_FORM_URLENCODED::equalsTypeAndSubtype)
                .isPresent();
    }

    /** @param type Slot, Schedule or PractitionerRole */
    void answer(
            HttpServletRequest request,
            HttpServletResponse response,
            WireFormat wire,
            String type,
            QueryString parameters)
            throws IOException {
        boolean lenient =
                Preferences.in(Collections.list(request.getHeaders("Prefer"))).hold("handling", "lenient");
        String base = addresses.base(request);
        String self = addresses.self(base, request, type, parameters);
        Supplier<String> firstPage = () -> addresses.firstPage(base, type, parameters);
        Side side = Caller.HUB.equals(FhirEndpoint.caller(request)) ? own : others;
        if (type.equals("PractitionerRole")) {
            RoleQuery query = RoleQuery.of(parameters, lenient);
            seated(
                    request,
                    response,
                    wire,
                    side,
                    out -> roles.write(query, clock.instant(), base, self, firstPage, out));
        } else {
            SearchQuery query = type.equals("Slot")
                    ? SearchQuery.ofSlots(parameters, lenient)
                    : SearchQuery.ofSchedules(parameters, lenient);
            seated(request, response, wire, side, out -> {
                if (side.counts) {
                    events.publishEvent(new SubjectsSearched(query.subjects(), clock.instant()));
                }
                writeSlots(query, side.figures, base, self, firstPage, out);
            });
        }
    }

    private void writeSlots(
            SearchQuery query,
            SearchFigures its,
            String base,
            String self,
            Supplier<String> firstPage,
            AnswerBytes out) {
        Instant now = clock.instant();
        SubjectShelf.ShelfRead taken = shelf.takeWithCentres(query.subjects(), query.isForCommunities(), now);
        its.found(new SearchAnswer(query, taken.subjects(), freshness, its, now, taken.knownAt(), base, out)
                .write(self, firstPage));
    }

    /** The seat is held while the answer is built, not until the client has read it. */
    private void seated(
            HttpServletRequest request,
            HttpServletResponse response,
            WireFormat wire,
            Side side,
            Consumer<AnswerBytes> answer)
            throws IOException {
        long began = System.nanoTime();
        boolean gzip = wire.isJson() && WireFormat.accepts(request, "gzip");
        AnswerBytes made;
        takeSeat(response);
        try {
            made = made(wire, gzip, side.deflated, answer);
        } finally {
            seats.release();
        }
        side.figures.answered(System.nanoTime() - began, made.length());
        response.setHeader("Vary", "Accept, Accept-Encoding");
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        response.setContentType(wire.contentType());
        underWay.send(request, response, made.array(), made.length(), () -> keep(made.array()));
    }

    private AnswerBytes made(WireFormat wire, boolean gzip, DeflatedRuns deflated, Consumer<AnswerBytes> answer) {
        if (gzip) {
            GzipAnswer out = new GzipAnswer(buffer(), buffer(), deflated);
            answer.accept(out);
            keep(out.scratch());
            return out;
        }
        AnswerBytes out = new PlainAnswer(buffer());
        answer.accept(out);
        if (wire.isJson()) {
            return out;
        }
        byte[] xml = replies.asXml(Arrays.copyOf(out.array(), out.length()));
        keep(out.array());
        PlainAnswer inXml = new PlainAnswer(new byte[0]);
        inXml.put(xml);
        return inXml;
    }

    private byte[] buffer() {
        return Optional.ofNullable(buffers.poll()).orElseGet(() -> new byte[FIRST_BUFFER]);
    }

    private void keep(byte[] buffer) {
        if (buffer.length <= LARGEST_KEPT_BUFFER) {
            buffers.offer(buffer);
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
