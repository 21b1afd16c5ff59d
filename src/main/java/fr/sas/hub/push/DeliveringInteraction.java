package fr.sas.hub.push;

import fr.sas.hub.access.Caller;
import fr.sas.hub.access.Role;
import fr.sas.hub.access.interaction.FhirInteraction;
import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.access.interaction.FhirReply;
import fr.sas.hub.access.interaction.FhirRequest;
import fr.sas.hub.access.interaction.Preferences;
import fr.sas.hub.asking.PushedDeliveries;
import fr.sas.hub.asking.PushedDeliveries.Terms;
import fr.sas.hub.database.TransactionRetry;
import fr.sas.hub.slot.Source;
import fr.sas.hub.vendor.Vendor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/** Where vendors deliver: single interactions, and Bundles of them as a transaction or batch. */
@Component
class DeliveringInteraction implements FhirInteraction {

    private static final Set<String> READS = Set.of("GET", "HEAD");
    private static final Set<String> METHODS = Set.of("POST", "PUT", "PATCH", "DELETE");

    private final PushRequests reader;
    private final VendorWrites writing;
    private final VendorTurns turns;
    private final PushedDeliveries deliveries;
    private final PushSettings settings;

    DeliveringInteraction(
            PushRequests reader,
            VendorWrites writing,
            VendorTurns turns,
            PushedDeliveries deliveries,
            PushSettings settings) {
        this.settings = settings;
        this.reader = reader;
        this.writing = writing;
        this.turns = turns;
        this.deliveries = deliveries;
    }

    @Override
    public boolean answers(FhirRequest request) {
        List<String> path = request.path();
        if (path.isEmpty()) {
            return request.method().equals("POST");
        }
        if (path.size() > 2 || !ResourceRules.TYPES.contains(path.getFirst())) {
            return false;
        }
        boolean operation =
                path.size() == 2 && (path.get(1).startsWith("_") || path.get(1).startsWith("$"));
        return !operation
                && (METHODS.contains(request.method())
                        || READS.contains(request.method())
                                && path.size() == 2
                                && request.caller().role() == Role.VENDOR);
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.VENDOR);
    }

    @Override
    public FhirReply answer(FhirRequest request) throws IOException {
        Source source = source(request.caller());
        Terms terms = terms(deliveries, source);
        if (terms.status() == Vendor.Status.PAUSED) {
            return paused();
        }
        return turns.inTurn(
                source,
                request,
                settings.maxBody(),
                body -> request.path().isEmpty()
                        ? bundle(request, body, source, terms)
                        : single(request, body, source, terms));
    }

    private FhirReply bundle(FhirRequest request, byte[] body, Source source, Terms terms) {
        PushRequests.Read read = reader.bundle(request, body);
        WriteResult[] done = written(source, terms, read.entries(), request.base(), read.atomic());
        return WriteReplies.bundle(read.results(done), read.atomic());
    }

    private FhirReply single(FhirRequest request, byte[] body, Source source, Terms terms) {
        if (request.method().equals("POST") && request.path().size() == 2) {
            throw new FhirRefusal(
                    405,
                    "not-supported",
                    "POST creates a resource and the hub assigns its id; use PUT for an id of your own");
        }
        WriteRequest asked = reader.single(request, body);
        WriteResult result = written(source, terms, List.of(asked), request.base(), true)[0];
        return switch (result) {
            case WriteResult.Accepted taken ->
                WriteReplies.single(
                        wantsResource(request) ? writing.current(source, taken.outcome()) : taken.outcome(),
                        request.base());
            case WriteResult.Refused refused -> throw refused.refusal();
        };
    }

    private WriteResult[] written(Source source, Terms terms, List<WriteRequest> asked, String base, boolean atomic) {
        return TransactionRetry.retryOnce(() -> writing.write(source, terms, asked, base, atomic));
    }

    /** Whether {@code Prefer: return=representation} was sent; otherwise the reply to a write has no body. */
    private static boolean wantsResource(FhirRequest request) {
        return Preferences.in(List.of(request.header("Prefer").orElse(""))).hold("return", "representation");
    }

    static Source source(Caller caller) {
        return Objects.requireNonNull(caller.vendor(), "A caller with the role VENDOR has a vendor");
    }

    /** @throws FhirRefusal 403 if the descriptor does not allow the vendor to deliver */
    static Terms terms(PushedDeliveries deliveries, Source source) {
        Terms terms = deliveries
                .terms(source)
                .orElseThrow(() -> new FhirRefusal(403, "forbidden", "No vendor " + source + " is connected"));
        if (!terms.allowDelivering()) {
            throw new FhirRefusal(
                    403,
                    "forbidden",
                    "Vendor " + source + " is polled by the hub and may not deliver: its descriptor says mode: pull");
        }
        return terms;
    }

    static FhirReply paused() {
        return new FhirReply(
                503,
                Map.of("Retry-After", "300"),
                WriteReplies.bytes(WriteReplies.outcome(
                        "error",
                        "transient",
                        "Your deliveries have been paused by the operator; nothing was accepted. Keep them and try again later",
                        null)));
    }

    @Override
    public List<Capability> capabilities() {
        List<Capability> capabilities = new ArrayList<>();
        capabilities.add(
                new Capability("", "transaction", "All entries or none; sending the same again changes nothing"));
        capabilities.add(new Capability("", "batch", "Each entry on its own"));
        for (String type : ResourceRules.TYPES) {
            capabilities.add(new Capability(type, "create", "By its vendor; If-None-Exist: identifier=system|value"));
            capabilities.add(
                    new Capability(
                            type,
                            "update",
                            "By its vendor, by an id the vendor chooses or ?identifier=system|value; 409 if meta.lastUpdated is older than what is stored, unless If-Match names the version"));
            capabilities.add(new Capability(
                    type,
                    "patch",
                    "By its vendor, as JSON Patch: at most 1000 operations, and a megabyte including the resource"));
            capabilities.add(new Capability(type, "delete", "By its vendor"));
        }
        return capabilities;
    }
}
