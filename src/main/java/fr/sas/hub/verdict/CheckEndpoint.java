package fr.sas.hub.verdict;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.InvalidInput.Fault;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.access.Wording;
import fr.sas.hub.asking.VendorProbes;
import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.rule.Tolerances;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Flow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The conformance check of a vendor's server, run by the hub with the credentials and limits of its descriptor. */
@RestController
@Tag(name = "Connectors")
class CheckEndpoint {

    private static final int MOST_PRACTITIONERS = 25;
    private static final int SOME = 3;
    private static final String A_MINUTE = "60";

    private final VendorProbes probes;
    private final Check check;
    private final Set<Source> underWay = ConcurrentHashMap.newKeySet();

    CheckEndpoint(VendorProbes probes, Clock clock) {
        this.probes = probes;
        this.check = new Check(clock);
    }

    /** What to check with; anything missing is taken from the subjects for whom the hub polls this vendor. */
    record ServerCheckRequest(
            @Schema(
                    description =
                            "RPPS or ADELI with or without prefix, at most 25; they must have free slots within 72 "
                                    + "hours")
            @Nullable
            List<String> practitioners,

            @Schema(
                    description =
                            "FINESS of CPTS that some of their slots belong to; an empty list still checks INT_R04")
            @Nullable
            List<String> communities,

            @Schema(description = "SIRET of SOS Médecins associations") @Nullable
            List<String> associations,

            @Schema(description = "A practitioner whom the vendor does not know") @Nullable
            String unknownPractitioner,

            @Schema(
                    description = "Whether fictitious regulator accounts may be written on the vendor's server "
                            + "(INT_R02)")
            @Nullable
            Boolean write) {
        static final ServerCheckRequest NOTHING = new ServerCheckRequest(null, null, null, null, null);
    }

    @PostMapping("/api/v1/connectors/{id}/check")
    @Operation(
            summary = "Sends the vendor's server the hub's requests, and reports which rules of the guide its "
                    + "answers break",
            description =
                    "Like the command check: docs/vendors.md. Nothing is written on the vendor's server unless write "
                            + "is true. Ends within two minutes whatever the server does, not counting the time that "
                            + "its rate limit makes the check wait; 503 if the limit leaves no room. A vendor may "
                            + "check its own server, with practitioners for whom the hub polls it: 422 for all "
                            + "others, whatever the reason; 409 for a vendor that delivers by itself, which is never "
                            + "polled.")
    ResponseEntity<byte[]> check(
            @Parameter(description = "The vendor's id, as in the name of its descriptor") @PathVariable String id,
            @Parameter(description = "json, text, junit or html") @RequestParam(defaultValue = "json") String format,
            @RequestBody(required = false) @Nullable ServerCheckRequest request,
            Locale locale) {
        Source source = source(id);
        if (!probes.isAsked(source)) {
            throw deliversByItself(id, locale);
        }
        ReportFormat written = format(format);
        CheckOrder order = order(source, request == null ? ServerCheckRequest.NOTHING : request);
        if (!underWay.add(source)) {
            throw later(
                    HttpStatus.TOO_MANY_REQUESTS,
                    new Wording(
                            "A check of " + id + " is in progress; wait for it to end",
                            "Une vérification de cet éditeur est en cours ; attendez sa fin."),
                    locale);
        }
        try (ServerProbe server = probes.to(source).orElseThrow(() -> VendorParameter.unknown(id))) {
            String report = written.write(check.run(server, order), locale);
            return ResponseEntity.ok()
                    .contentType(new MediaType(MediaType.valueOf(written.mediaType()), StandardCharsets.UTF_8))
                    .body(report.getBytes(StandardCharsets.UTF_8));
        } catch (ServerProbe.NoTurn e) {
            throw later(
                    HttpStatus.SERVICE_UNAVAILABLE,
                    new Wording(
                            "The hub's own questions to " + id
                                    + " leave no room within its rate limit; try again later",
                            "Les demandes faites à cet éditeur ne laissent pas de place sous sa limite de débit ;"
                                    + " réessayez plus tard."),
                    locale);
        } finally {
            underWay.remove(source);
        }
    }

    private static ErrorResponseException deliversByItself(String id, Locale locale) {
        Wording why = new Wording(
                id
                        + " delivers by itself and is never polled: what it delivers is judged in its rejections and "
                        + "scorecard",
                "Cet éditeur livre de lui-même et n'est jamais interrogé : ce qu'il a livré est jugé dans ses rejets et son"
                        + " bilan.");
        return new ErrorResponseException(
                HttpStatus.CONFLICT, ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, why.in(locale)), null);
    }

    private static ErrorResponseException later(HttpStatus status, Wording why, Locale locale) {
        ErrorResponseException refusal =
                new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, why.in(locale)), null);
        refusal.getHeaders().set(HttpHeaders.RETRY_AFTER, A_MINUTE);
        return refusal;
    }

    private Source source(String id) {
        return Source.parse(id)
                .filter(known -> !probes.flows(known).isEmpty())
                .orElseThrow(() -> VendorParameter.unknown(id));
    }

    private static ReportFormat format(String text) {
        for (ReportFormat format : ReportFormat.values()) {
            if (format.name().equalsIgnoreCase(text)) {
                return format;
            }
        }
        throw new InvalidInput("format", "must be json, text, junit or html", "Ce format n'existe pas.");
    }

    private CheckOrder order(Source source, ServerCheckRequest request) {
        Set<Flow> flows = probes.flows(source);
        List<Fault> faults = new ArrayList<>();
        List<PractitionerId> practitioners = practitioners(source, flows, request, faults);
        List<StructureId> associations = associations(source, flows, request, faults);
        List<StructureId> communities = read("communities", request.communities(), StructureId::parse, faults);
        boolean cpts = request.communities() != null || flows.contains(Flow.CPTS);
        List<PractitionerId> unknown = read(
                "unknownPractitioner",
                request.unknownPractitioner() == null ? null : List.of(request.unknownPractitioner()),
                PractitionerId::parse,
                faults);
        faults.addAll(asVendor() ? known(unknown) : refusing("unknownPractitioner", unknown));
        if (practitioners.isEmpty() && associations.isEmpty() && faults.isEmpty()) {
            faults.add(new Fault(
                    "practitioners",
                    "are required: the hub does not poll this vendor for anyone yet",
                    "Indiquez des professionnels : cet éditeur n'est encore interrogé pour personne."));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInput(faults);
        }
        return new CheckOrder(
                practitioners,
                cpts ? new LinkedHashSet<>(communities) : null,
                new LinkedHashSet<>(associations),
                unknown.isEmpty() ? CheckOrder.NOBODY : unknown.getFirst(),
                Boolean.TRUE.equals(request.write()),
                new Tolerances(probes.quirks(source), probes.isOnTrial(source)),
                CheckOrder.ONE_SECOND);
    }

    private List<PractitionerId> practitioners(
            Source source, Set<Flow> flows, ServerCheckRequest request, List<Fault> faults) {
        if (request.practitioners() == null) {
            return flows.contains(Flow.INDIVIDUAL) || flows.contains(Flow.CPTS)
                    ? probes.someAsked(source, true, SOME).stream()
                            .filter(PractitionerId.class::isInstance)
                            .map(PractitionerId.class::cast)
                            .toList()
                    : List.of();
        }
        List<PractitionerId> practitioners =
                read("practitioners", request.practitioners(), PractitionerId::parse, faults);
        if (practitioners.size() > MOST_PRACTITIONERS) {
            faults.add(new Fault("practitioners", "must be at most 25", "Indiquez au plus 25 professionnels."));
        }
        faults.addAll(asVendor() ? notAskedFor(source, practitioners) : refusing("practitioners", practitioners));
        return practitioners;
    }

    /**
     * A vendor gets the same answer about everyone, whether they refuse to be shown, named another vendor, or do not
     * exist.
     */
    private static boolean asVendor() {
        return Caller.current().map(caller -> caller.role() == Role.VENDOR).orElse(true);
    }

    private List<Fault> notAskedFor(Source source, List<PractitionerId> practitioners) {
        Set<Subject> asked = probes.polledSubjects(source, practitioners);
        return practitioners.stream()
                .filter(one -> !asked.contains(one))
                .map(one -> new Fault(
                        "practitioners",
                        "must be practitioners for whom the hub polls this vendor, not " + one,
                        "Cet éditeur n'est pas interrogé pour le professionnel " + one + "."))
                .toList();
    }

    private List<Fault> known(List<PractitionerId> practitioners) {
        Set<PractitionerId> known = probes.knownPractitioners(practitioners);
        return practitioners.stream()
                .filter(known::contains)
                .map(one -> new Fault(
                        "unknownPractitioner",
                        "must be someone whom the hub does not know either, not " + one,
                        "Le professionnel " + one + " est connu : indiquez quelqu'un que le hub ne connaît pas."))
                .toList();
    }

    private List<Fault> refusing(String field, List<PractitionerId> practitioners) {
        return probes.refused(new HashSet<>(practitioners)).stream()
                .map(refused -> new Fault(
                        field,
                        "must not include anyone who refuses to be shown, as " + refused + " does",
                        "Le professionnel " + refused + " refuse l'affichage de ses créneaux."))
                .toList();
    }

    private List<StructureId> associations(
            Source source, Set<Flow> flows, ServerCheckRequest request, List<Fault> faults) {
        if (request.associations() != null) {
            return read("associations", request.associations(), StructureId::parse, faults);
        }
        return flows.contains(Flow.SOS)
                ? probes.someAsked(source, false, SOME).stream()
                        .filter(StructureId.class::isInstance)
                        .map(StructureId.class::cast)
                        .toList()
                : List.of();
    }

    private static <T> List<T> read(
            String field, @Nullable List<String> texts, Function<String, Optional<T>> reading, List<Fault> faults) {
        List<T> ids = new ArrayList<>();
        for (String text : texts == null ? List.<String>of() : texts) {
            reading.apply(text)
                    .ifPresentOrElse(
                            ids::add,
                            () -> faults.add(new Fault(
                                    field,
                                    "must be national identifiers, not " + text,
                                    "Ce n'est pas un identifiant national.")));
        }
        return ids.stream().distinct().toList();
    }
}
