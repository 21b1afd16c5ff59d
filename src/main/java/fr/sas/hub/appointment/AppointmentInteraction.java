package fr.sas.hub.appointment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.Caller;
import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.StaleWrite;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.appointment.Appointment.Identifier;
import fr.sas.hub.database.TransactionRetry;
import fr.sas.hub.fhir.FhirVocabulary;
import fr.sas.hub.fhir.OutcomeIssue;
import fr.sas.hub.json.BoundedJson;
import fr.sas.hub.rule.Finding;
import fr.sas.hub.rule.Judge;
import fr.sas.hub.rule.JudgedAppointment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** {@code /fhir/Appointment}: INT_R03, from vendors and from the platform. */
@Component
class AppointmentInteraction implements FhirInteraction {

    private static final String TYPE = "Appointment";
    private static final ObjectMapper JSON = BoundedJson.mapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final int MOST_BYTES = 64 * 1024;

    private final Appointments appointments;
    private final Clock clock;

    AppointmentInteraction(Appointments appointments, Clock clock) {
        this.appointments = appointments;
        this.clock = clock;
    }

    @Override
    public boolean answers(FhirRequest request) {
        return !request.path().isEmpty() && request.path().getFirst().equals(TYPE);
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.VENDOR, Role.SEARCH, Role.OPS);
    }

    @Override
    public List<Capability> capabilities() {
        return List.of(
                new Capability(TYPE, "read", "The caller's own appointments, by the id in Location"),
                new Capability(
                        TYPE,
                        "create",
                        "INT_R03: a vendor declares an appointment, or the platform books a slot or range of an "
                                + "agenda; 201, or 200 if the identifier is already known"),
                new Capability(
                        TYPE,
                        "update",
                        "INT_R03: by ?identifier=system|value; 200, or 201 if the identifier was not known; 409 if a "
                                + "later declaration is already in force, unless If-Match names its version"));
    }

    @Override
    public FhirReply answer(FhirRequest request) throws IOException {
        boolean read = request.method().equals("GET") || request.method().equals("HEAD");
        if (request.isAt(TYPE) && request.method().equals("POST")) {
            return declare(request, null);
        } else if (request.isAt(TYPE) && request.method().equals("PUT")) {
            return declare(request, identifier(request.query()));
        } else if (request.isAt(TYPE, "*") && read) {
            return read(request);
        }
        throw new FhirRefusal(
                request.path().size() > 2 ? 404 : 405,
                "not-supported",
                "An Appointment is created by POST, updated by PUT Appointment?identifier=system|value, read by GET"
                        + " Appointment/[id]");
    }

    private FhirReply read(FhirRequest request) {
        String id = request.path().get(1);
        Appointment appointment = uuid(id).flatMap(appointments::find)
                .filter(found -> isOwn(found, request.caller()))
                .orElseThrow(() -> new FhirRefusal(404, "not-found", "You have no Appointment " + id));
        return reply(200, request, appointment);
    }

    private FhirReply declare(FhirRequest request, @Nullable Identifier named) throws IOException {
        mayWrite(request.caller());
        JudgedAppointment judged = Judge.appointment(json(body(request)), clock.instant());
        if (judged.content() == null) {
            return refusal(judged.faults());
        }
        Declaration declaration = Declaration.of(judged.content());
        if (named != null && !named.equals(declaration.identifier())) {
            throw new FhirRefusal(
                    422, "business-rule", "The identifier must be the one in the address", "Appointment.identifier[0]");
        }
        try {
            AppointmentOwner owner = AppointmentOwner.of(request.caller());
            Set<Long> expected = EntityTag.anyOf(request.header("if-match").orElse(null));
            Appointments.Outcome outcome =
                    TransactionRetry.retryOnce(() -> appointments.declare(owner, declaration, expected));
            return reply(outcome.created() ? 201 : 200, request, outcome.appointment());
        } catch (StaleWrite e) {
            throw new FhirRefusal(412, "conflict", String.valueOf(e.getMessage()));
        }
    }

    private static FhirReply reply(int status, FhirRequest request, Appointment appointment) {
        return new FhirReply(
                status,
                Map.of(
                        "Location",
                        request.base() + "/" + TYPE + "/" + appointment.id(),
                        "ETag",
                        "W/" + new EntityTag(appointment.version())),
                AppointmentWriter.json(appointment));
    }

    private static boolean isOwn(Appointment appointment, Caller caller) {
        return caller.role() == Role.OPS
                || appointment.owner().key().equals(AppointmentOwner.of(caller).key());
    }

    private static void mayWrite(Caller caller) {
        if (caller.role() == Role.SEARCH && !caller.writesBookings()) {
            throw new FhirRefusal(
                    403, "forbidden", "This client may not book; the operator can allow it with bookings: write");
        }
        if (caller.role() == Role.OPS) {
            throw new FhirRefusal(
                    403, "forbidden", "Only vendors and the platform declare appointments; ops may " + "read them");
        }
    }

    private static FhirReply refusal(List<JudgedAppointment.Fault> faults) {
        boolean malformed = faults.stream().anyMatch(fault -> fault.kind() == JudgedAppointment.Kind.MALFORMED);
        return new FhirReply(
                malformed ? 400 : 422,
                Map.of(),
                OutcomeIssue.bytes(
                        faults.stream().map(AppointmentInteraction::issue).toList()));
    }

    private static OutcomeIssue issue(JudgedAppointment.Fault fault) {
        String type = switch (fault.kind()) {
            case MALFORMED -> "structure";
            case MISSING -> "required";
            case AGAINST_A_RULE -> "business-rule";
        };
        Finding finding = fault.finding();
        return new OutcomeIssue(
                "error",
                type,
                FhirVocabulary.RULES,
                finding.rule().id(),
                null,
                finding.path() + ": " + finding.sentence(),
                finding.path(),
                finding.rule().demand().page().url());
    }

    private static ObjectNode json(byte[] body) {
        try {
            if (JSON.readTree(body) instanceof ObjectNode json
                    && json.path("resourceType").asText().equals(TYPE)) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw new FhirRefusal(400, "structure", "The body is not JSON: " + e.getOriginalMessage(), TYPE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new FhirRefusal(400, "structure", "The body must be a resource with resourceType Appointment", TYPE);
    }

    private static byte[] body(FhirRequest request) throws IOException {
        request.refuseXml("An Appointment must be sent as JSON");
        request.refuseContentCoding();
        byte[] body = request.body().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new FhirRefusal(413, "too-long", "An Appointment must not exceed " + MOST_BYTES + " bytes");
        }
        return body;
    }

    private static Identifier identifier(@Nullable String query) {
        List<String> values = new ArrayList<>();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            if (parameter.startsWith("identifier=")) {
                values.add(decoded(parameter.substring("identifier=".length())));
            }
        }
        int bar = values.size() == 1 ? values.getFirst().indexOf('|') : -1;
        if (bar < 1
                || bar == values.getFirst().length() - 1
                || values.getFirst().indexOf('\0') >= 0) {
            throw FhirRefusal.malformed("identifier", "must be given once, as system|value");
        }
        return new Identifier(
                values.getFirst().substring(0, bar), values.getFirst().substring(bar + 1));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw FhirRefusal.malformed("identifier", "must be percent-encoded");
        }
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
