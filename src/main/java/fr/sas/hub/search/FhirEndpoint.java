package fr.sas.hub.search;

import ca.uhn.fhir.context.FhirContext;
import fr.sas.hub.access.Caller;
import fr.sas.hub.access.FhirInteraction;
import fr.sas.hub.access.FhirRefusal;
import fr.sas.hub.access.FhirReply;
import fr.sas.hub.access.FhirRequest;
import fr.sas.hub.access.Role;
import fr.sas.hub.index.Standings;
import fr.sas.hub.slot.SubjectsSearched;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.CannotCreateTransactionException;

/** {@code /fhir}: a FHIR R4 server that answers as the guide asks vendors to answer (DESIGN §4). */
class FhirEndpoint extends HttpServlet {

    private static final Logger log = LoggerFactory.getLogger(FhirEndpoint.class);
    private static final Set<String> READABLE = Set.of(
            "Slot", "Schedule", "Practitioner", "PractitionerRole", "Location", "HealthcareService", "Organization");
    private static final Set<String> SEARCHABLE = Set.of("Slot", "Schedule");
    private static final Set<Role> READERS = Set.of(Role.SEARCH, Role.OPS);
    private static final int LARGEST_FORM = 256 * 1024;
    private static final int FIRST_BUFFER = 64 * 1024;
    private static final int LARGEST_KEPT_BUFFER = 4 * 1024 * 1024;

    private final Shelf shelf;
    private final Reads reads;
    private final Standings standings;
    private final Metadata metadata;
    private final List<FhirInteraction> interactions;
    private final SearchSettings settings;
    private final ApplicationEventPublisher events;
    private final FhirContext fhir;
    private final Clock clock;
    private final SearchFigures figures;
    private final Semaphore seats;
    private final ArrayBlockingQueue<byte[]> buffers = new ArrayBlockingQueue<>(32);

    FhirEndpoint(
            Shelf shelf,
            Reads reads,
            Standings standings,
            Metadata metadata,
            List<FhirInteraction> interactions,
            SearchSettings settings,
            ApplicationEventPublisher events,
            FhirContext fhir,
            SearchFigures figures,
            Clock clock) {
        this.shelf = shelf;
        this.reads = reads;
        this.standings = standings;
        this.metadata = metadata;
        this.interactions = List.copyOf(interactions);
        this.settings = settings;
        this.events = events;
        this.fhir = fhir;
        this.clock = clock;
        this.figures = figures;
        this.seats = new Semaphore(settings.atOnce());
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Wire wire = Wire.FHIR_JSON;
        try {
            wire = Wire.of(request);
            answer(request, response, wire);
        } catch (FhirRefusal e) {
            refuse(response, wire, e);
        } catch (DataAccessResourceFailureException | CannotCreateTransactionException e) {
            log.error("The database does not answer: {}", e.toString());
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
            refuse(
                    response,
                    wire,
                    new FhirRefusal(
                            503, "transient", "The hub's database does not answer; try again in a few seconds"));
        } catch (RuntimeException e) {
            log.error("A request to {} failed in a way nobody foresaw", request.getRequestURI(), e);
            refuse(response, wire, new FhirRefusal(500, "exception", "The hub failed; the incident is logged"));
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, Wire wire) throws IOException {
        String[] path = path(request);
        boolean get = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (path.length == 1 && path[0].equals("metadata")) {
            only(get, response, "GET");
            send(response, wire, 200, metadata.json());
            return;
        }
        if (interacts(request, response, wire, path)) {
            return;
        }
        if (!isReader(request)) {
            throw new FhirRefusal(403, "forbidden", "Your role does not open this door");
        }
        if (path.length == 0 || !READABLE.contains(path[0])) {
            throw new FhirRefusal(
                    404, "not-found", "The hub serves " + READABLE + " and metadata, not " + String.join("/", path));
        } else if (path.length == 1 && SEARCHABLE.contains(path[0])) {
            only(get, response, "GET, POST on _search");
            search(request, response, wire, path[0], QueryString.parse(request.getQueryString()));
        } else if (path.length == 2 && path[1].equals("_search") && SEARCHABLE.contains(path[0])) {
            only(request.getMethod().equals("POST"), response, "POST");
            QueryString both = QueryString.parse(request.getQueryString()).and(QueryString.parse(form(request)));
            search(request, response, wire, path[0], both);
        } else if (path.length == 2) {
            only(get, response, "GET");
            byte[] resource = reads.read(path[0], path[1], clock.instant())
                    .orElseThrow(
                            () -> new FhirRefusal(404, "not-found", "There is no " + path[0] + " " + path[1] + " now"));
            send(response, wire, 200, resource);
        } else {
            throw new FhirRefusal(
                    path.length == 1 ? 400 : 404,
                    "not-supported",
                    path.length == 1
                            ? path[0] + " is read by id; Slot and Schedule are searched"
                            : "There is nothing at this address");
        }
    }

    /** Whether another room answered. */
    private boolean interacts(HttpServletRequest request, HttpServletResponse response, Wire wire, String[] path)
            throws IOException {
        if (!(caller(request) instanceof Caller caller)) {
            return false;
        }
        FhirRequest asked = new FhirRequest(
                request.getMethod(),
                List.of(path),
                request.getQueryString(),
                headers(request),
                request.getInputStream(),
                caller,
                base(request));
        for (FhirInteraction interaction : interactions) {
            if (interaction.answers(asked)) {
                if (!interaction.roles().contains(caller.role())) {
                    throw new FhirRefusal(403, "forbidden", "Your role does not open this door");
                }
                FhirReply reply = interaction.answer(asked);
                reply.headers().forEach(response::setHeader);
                send(response, wire, reply.status(), reply.json());
                return true;
            }
        }
        return false;
    }

    private static boolean isReader(HttpServletRequest request) {
        return !(caller(request) instanceof Caller caller) || READERS.contains(caller.role());
    }

    private static @Nullable Caller caller(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication known
                        && known.getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> headers.put(name.toLowerCase(Locale.ROOT), request.getHeader(name)));
        return headers;
    }

    private void search(
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
            answerSearch(request, response, wire, type, query, began);
        } finally {
            seats.release();
        }
    }

    private void answerSearch(
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
        boolean gzip = wire.isJson() && accepts(request, "gzip");
        byte[] buffer = Optional.ofNullable(buffers.poll()).orElseGet(() -> new byte[FIRST_BUFFER]);
        AnswerBytes out = gzip ? new GzipAnswer(buffer) : new PlainAnswer(buffer);
        String base = base(request);
        int found =
                new SearchAnswer(query, subjects, standings, figures, now, base, out).write(self(request, base, type));
        response.setHeader("Vary", "Accept, Accept-Encoding");
        if (gzip) {
            response.setHeader("Content-Encoding", "gzip");
        }
        if (wire.isJson()) {
            response.setContentType(wire.contentType());
            response.setContentLength(out.length());
            response.getOutputStream().write(out.array(), 0, out.length());
        } else {
            send(response, wire, 200, java.util.Arrays.copyOf(out.array(), out.length()));
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

    private static void only(boolean allowed, HttpServletResponse response, String methods) {
        if (!allowed) {
            response.setHeader(
                    HttpHeaders.ALLOW,
                    methods.substring(0, methods.indexOf(' ') < 0 ? methods.length() : methods.indexOf(',')));
            throw new FhirRefusal(405, "not-supported", "Here only " + methods + " is understood");
        }
    }

    private static String[] path(HttpServletRequest request) {
        String info = Optional.ofNullable(request.getPathInfo()).orElse("");
        String trimmed = info.replaceAll("^/+|/+$", "");
        return trimmed.isEmpty() ? new String[0] : trimmed.split("/+");
    }

    private static String form(HttpServletRequest request) throws IOException {
        String type = Optional.ofNullable(request.getContentType()).orElse("");
        if (!type.startsWith("application/x-www-form-urlencoded")) {
            throw new FhirRefusal(415, "not-supported", "_search takes application/x-www-form-urlencoded, not " + type);
        }
        byte[] bytes = request.getInputStream().readNBytes(LARGEST_FORM + 1);
        if (bytes.length > LARGEST_FORM) {
            throw new FhirRefusal(413, "too-long", "A search form has at most " + LARGEST_FORM + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String base(HttpServletRequest request) {
        if (settings.baseUrl() != null) {
            return settings.baseUrl();
        }
        StringBuffer url = request.getRequestURL();
        return url.substring(0, url.length() - request.getRequestURI().length())
                + request.getContextPath()
                + request.getServletPath();
    }

    private static String self(HttpServletRequest request, String base, String type) {
        String query = request.getQueryString();
        return (request.getMethod().equals("POST") ? base + "/" + type + "/_search" : base + request.getPathInfo())
                + (query == null ? "" : "?" + query);
    }

    private static boolean accepts(HttpServletRequest request, String encoding) {
        String header = request.getHeader("Accept-Encoding");
        if (header == null) {
            return false;
        }
        for (String part : header.split(",")) {
            String[] codingAndWeight = part.strip().split(";", 2);
            if (codingAndWeight[0].strip().equalsIgnoreCase(encoding)) {
                return codingAndWeight.length == 1
                        || !codingAndWeight[1].strip().matches("q=0(\\.0*)?");
            }
        }
        return false;
    }

    private void refuse(HttpServletResponse response, Wire wire, FhirRefusal refusal) throws IOException {
        figures.refused(refusal.status());
        send(response, wire, refusal.status(), OutcomeIssue.outcome(List.of(OutcomeIssue.of(refusal))));
    }

    private void send(HttpServletResponse response, Wire wire, int status, byte[] json) throws IOException {
        byte[] body = wire.isJson() || json.length == 0 ? json : asXml(json);
        response.setStatus(status);
        response.setContentType(wire.contentType());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private byte[] asXml(byte[] json) {
        var resource = fhir.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8));
        return fhir.newXmlParser().encodeResourceToString(resource).getBytes(StandardCharsets.UTF_8);
    }

    /** How the caller wants to be answered: JSON in the spelling that was asked for, or XML, only if asked. */
    record Wire(String type, boolean isJson) {

        static final Wire FHIR_JSON = new Wire("application/fhir+json", true);
        private static final Set<String> JSON =
                Set.of("application/fhir+json", "application/json+fhir", "application/json");
        private static final Set<String> XML =
                Set.of("application/fhir+xml", "application/xml+fhir", "application/xml", "text/xml");

        String contentType() {
            return type + ";charset=UTF-8";
        }

        static Wire of(HttpServletRequest request) {
            String format = format(request.getQueryString());
            String asked = format != null ? format : request.getHeader(HttpHeaders.ACCEPT);
            if (asked == null || asked.isBlank()) {
                return FHIR_JSON;
            }
            for (String part : asked.split(",")) {
                String type = part.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                if (JSON.contains(type)) {
                    return new Wire(type, true);
                }
                if (type.equals("json") || type.equals("*/*") || type.equals("application/*")) {
                    return FHIR_JSON;
                }
                if (XML.contains(type) || type.equals("xml")) {
                    return new Wire(type.equals("xml") ? "application/fhir+xml" : type, false);
                }
            }
            throw new FhirRefusal(406, "not-supported", "The hub writes FHIR as JSON, or XML when asked, not " + asked);
        }

        private static @Nullable String format(@Nullable String query) {
            if (query == null || !query.contains("_format=")) {
                return null;
            }
            return QueryString.parse(query).single("_format");
        }
    }
}
