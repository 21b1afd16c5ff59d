package fr.sas.hub.search;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.DatabaseOutage;
import fr.sas.hub.access.MediaTypes;
import fr.sas.hub.access.RequestLimit;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirFile;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirLongAnswer;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.database.DatabaseFailure;
import fr.sas.hub.search.parameter.QueryString;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.web.context.request.ServletWebRequest;

/** {@code /fhir}: a FHIR R4 server that answers as the guide asks vendors to answer (DESIGN §4). */
class FhirEndpoint extends HttpServlet {

    private static final Logger log = LoggerFactory.getLogger(FhirEndpoint.class);
    private static final Set<String> READABLE = Set.of(
            "Slot", "Schedule", "Practitioner", "PractitionerRole", "Location", "HealthcareService", "Organization");
    private static final Set<String> SEARCHABLE = Set.of("Slot", "Schedule", "PractitionerRole");
    private static final Set<Role> READERS = Set.of(Role.SEARCH, Role.OPS);

    private final Searches searches;
    private final ResourceReads reads;
    private final Metadata metadata;
    private final List<FhirInteraction> interactions;
    private final Addresses addresses;
    private final SearchReplies replies;
    private final SearchFigures figures;
    private final Clock clock;

    FhirEndpoint(
            Searches searches,
            ResourceReads reads,
            Metadata metadata,
            List<FhirInteraction> interactions,
            Addresses addresses,
            SearchReplies replies,
            SearchFigures figures,
            Clock clock) {
        this.searches = searches;
        this.reads = reads;
        this.metadata = metadata;
        this.interactions = List.copyOf(interactions);
        this.addresses = addresses;
        this.replies = replies;
        this.figures = figures;
        this.clock = clock;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        WireFormat wire = WireFormat.FHIR_JSON;
        try {
            if (MediaTypes.prefers(request, MediaType.TEXT_EVENT_STREAM) && streams(request, response)) {
                return;
            }
            wire = WireFormat.of(request);
            answer(request, response, wire);
        } catch (FhirRefusal e) {
            refuse(request, response, wire, e);
        } catch (RuntimeException e) {
            failed(request, response, wire, e);
        }
    }

    private void failed(HttpServletRequest request, HttpServletResponse response, WireFormat wire, RuntimeException e)
            throws IOException {
        if (RequestLimit.isOver(request)) {
            refuse(
                    request,
                    response,
                    wire,
                    new FhirRefusal(
                            503,
                            RequestLimit.issueType(request),
                            RequestLimit.rule(request).english()));
        } else if (DatabaseFailure.isIn(e)) {
            String what = DatabaseOutage.report(request, response, e).english();
            refuse(request, response, wire, new FhirRefusal(503, "transient", what));
        } else {
            log.error("A request to {} failed unexpectedly", request.getRequestURI(), e);
            refuse(
                    request,
                    response,
                    wire,
                    new FhirRefusal(500, "exception", "The hub failed; the incident is logged"));
        }
    }

    private void answer(HttpServletRequest request, HttpServletResponse response, WireFormat wire) throws IOException {
        String[] path = Addresses.path(request);
        boolean get = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (path.length == 1 && path[0].equals("metadata")) {
            only(get, response, "GET");
            replies.send(request, response, wire, 200, metadata.json());
            return;
        }
        boolean reader = isReader(request);
        boolean search = get && reader && path.length == 1 && SEARCHABLE.contains(path[0]);
        if (!search && interacts(request, response, wire, path)) {
            return;
        }
        if (!reader) {
            throw new FhirRefusal(403, "forbidden", "Your role does not give access to this endpoint");
        }
        if (path.length == 0 || !READABLE.contains(path[0])) {
            throw new FhirRefusal(
                    404, "not-found", "The hub serves " + READABLE + " and metadata, not " + String.join("/", path));
        } else if (path.length == 1 && SEARCHABLE.contains(path[0])) {
            only(get, response, "GET, POST on _search");
            searches.answer(request, response, wire, path[0], QueryString.parse(request.getQueryString()));
        } else if (path.length == 2 && path[1].equals("_search") && SEARCHABLE.contains(path[0])) {
            only(request.getMethod().equals("POST"), response, "POST");
            QueryString both = QueryString.parse(request.getQueryString()).and(Searches.form(request));
            searches.answer(request, response, WireFormat.of(request, both), path[0], both);
        } else if (path.length == 2) {
            only(get, response, "GET");
            byte[] resource = reads.read(path[0], path[1], clock.instant())
                    .orElseThrow(() -> new FhirRefusal(
                            404, "not-found", "There is no " + path[0] + " " + path[1] + " at " + "present"));
            replies.send(request, response, wire, 200, resource);
        } else {
            throw new FhirRefusal(
                    path.length == 1 ? 400 : 404,
                    "not-supported",
                    path.length == 1
                            ? path[0] + " is read by id; Slot, Schedule and PractitionerRole can be searched"
                            : "There is nothing at this address");
        }
    }

    /** Whether another room handled the request. */
    private boolean interacts(HttpServletRequest request, HttpServletResponse response, WireFormat wire, String[] path)
            throws IOException {
        FhirRequest asked = fhirRequest(request, path);
        FhirInteraction interaction = asked == null ? null : interaction(asked);
        if (asked == null || interaction == null) {
            return false;
        }
        if (interaction instanceof FhirLongAnswer patient && patient.isLater(asked)) {
            patient.later(asked, new LaterReply(request, response, wire));
            return true;
        }
        FhirReply reply = interaction.answer(asked);
        reply.headers().forEach(response::setHeader);
        if (isKnown(request, response, reply)) {
            return true;
        }
        FhirFile file = reply.file();
        if (file == null) {
            replies.send(request, response, wire, reply.status(), reply.json());
        } else {
            replies.send(request, response, file);
        }
        return true;
    }

    /** Whether another room answers with a stream of events; only interactions that can wait do so. */
    private boolean streams(HttpServletRequest request, HttpServletResponse response) throws IOException {
        FhirRequest asked = fhirRequest(request, Addresses.path(request));
        if (asked != null && interaction(asked) instanceof FhirLongAnswer patient && patient.streams(asked)) {
            patient.stream(asked, new StreamedEvents(request, response));
            return true;
        }
        return false;
    }

    /** Null when the caller is unknown. */
    private @Nullable FhirRequest fhirRequest(HttpServletRequest request, String[] path) throws IOException {
        return caller(request) instanceof Caller caller
                ? new FhirRequest(
                        request.getMethod(),
                        List.of(path),
                        request.getQueryString(),
                        headers(request),
                        request.getInputStream(),
                        caller,
                        addresses.base(request))
                : null;
    }

    private @Nullable FhirInteraction interaction(FhirRequest asked) {
        for (FhirInteraction interaction : interactions) {
            if (interaction.answers(asked)) {
                if (!interaction.roles().contains(asked.caller().role())) {
                    throw new FhirRefusal(403, "forbidden", "Your role does not give access to this endpoint");
                }
                return interaction;
            }
        }
        return null;
    }

    /** The reply to a request whose thread has gone. */
    private final class LaterReply implements FhirLongAnswer.Later {

        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private final WireFormat wire;
        private final AsyncContext async;

        LaterReply(HttpServletRequest request, HttpServletResponse response, WireFormat wire) {
            this.request = request;
            this.response = response;
            this.wire = wire;
            this.async = request.startAsync();
            this.async.setTimeout(0);
        }

        @Override
        public void reply(Supplier<FhirReply> answer) {
            try {
                send(answer);
            } catch (IOException gone) {
                log.debug("A client disconnected before its answer: {}", gone.toString());
            } finally {
                async.complete();
            }
        }

        private void send(Supplier<FhirReply> answer) throws IOException {
            try {
                FhirReply reply = answer.get();
                reply.headers().forEach(response::setHeader);
                replies.sendHere(response, wire, reply.status(), reply.json());
            } catch (FhirRefusal e) {
                refuse(request, response, wire, e);
            } catch (RuntimeException e) {
                failed(request, response, wire, e);
            }
        }
    }

    /** Whether the client already has this version: 304, without a body (RFC 9110 §13.2.2). */
    private static boolean isKnown(HttpServletRequest request, HttpServletResponse response, FhirReply reply) {
        String tag = reply.headers().get(HttpHeaders.ETAG);
        boolean read = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        if (!read || reply.status() != 200 || tag == null) {
            return false;
        }
        FhirFile file = reply.file();
        ServletWebRequest asked = new ServletWebRequest(request, response);
        return file == null
                ? asked.checkNotModified(tag)
                : asked.checkNotModified(tag, file.modifiedAt().toEpochMilli());
    }

    private static boolean isReader(HttpServletRequest request) {
        return !(caller(request) instanceof Caller caller) || READERS.contains(caller.role());
    }

    /** Null when the caller is unknown. */
    static @Nullable Caller caller(HttpServletRequest request) {
        return request.getUserPrincipal() instanceof Authentication known
                        && known.getPrincipal() instanceof Caller caller
                ? caller
                : null;
    }

    private static Map<String, String> headers(HttpServletRequest request) {
        Map<String, String> headers = new HashMap<>();
        request.getHeaderNames()
                .asIterator()
                .forEachRemaining(name -> headers.put(
                        name.toLowerCase(Locale.ROOT), String.join(", ", Collections.list(request.getHeaders(name)))));
        return headers;
    }

    private static void only(boolean allowed, HttpServletResponse response, String methods) {
        if (!allowed) {
            response.setHeader(
                    HttpHeaders.ALLOW,
                    methods.substring(0, methods.indexOf(' ') < 0 ? methods.length() : methods.indexOf(',')));
            throw new FhirRefusal(405, "not-supported", "Only " + methods + " is supported here");
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, WireFormat wire, FhirRefusal refusal)
            throws IOException {
        if (!Caller.HUB.equals(caller(request))) {
            figures.refused(refusal.status());
        }
        if (refusal.status() == 503) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "5");
        }
        replies.send(request, response, wire, refusal.status(), refusal.outcome());
    }
}
