package fr.sas.hub.health;

import fr.sas.hub.access.Authorship;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.VendorParameter;
import fr.sas.hub.slot.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What operators do to a vendor, and what they have done. */
@RestController
@RequestMapping("/api/v1/connectors/{id}")
@Tag(name = "Connectors")
class ActionsEndpoint {

    private final VendorLevers levers;
    private final ConnectorsEndpoint connectors;

    ActionsEndpoint(VendorLevers levers, ConnectorsEndpoint connectors) {
        this.levers = levers;
        this.connectors = connectors;
    }

    /** @param subjects for {@code ask-now} only: national ids; if omitted, everyone the vendor is polled for */
    record Request(@Nullable String reason, @Nullable List<String> subjects) {}

    /** An object around the list, so that future answers can contain more. */
    record History(List<VendorLevers.OperatorAction> actions) {}

    @PostMapping("/{action:pause|resume|ask-now|trial|live|forget-breaker}")
    @Operation(
            summary = "Pauses, resumes, polls now, puts on trial or live, resets the circuit breaker",
            description = "Takes effect on every node within a second, and survives a restart, until it is undone or "
                    + "the descriptor's status changes. Recorded with who, when and why. Returns the vendor's state.")
    VendorState act(
            @PathVariable String id,
            @Parameter(description = "pause, resume, ask-now, trial, live or forget-breaker") @PathVariable
                    String action,
            @RequestBody Request request) {
        levers.perform(
                VendorParameter.parse(id),
                action,
                subjects(request),
                Authorship.current().toString(),
                request.reason);
        return connectors.one(id);
    }

    @GetMapping("/actions")
    @Operation(summary = "What was done to the vendor, with who, when and why; newest first")
    History actions(@PathVariable String id) {
        return new History(levers.done(VendorParameter.parse(id)));
    }

    private static List<Subject> subjects(Request request) {
        List<Subject> subjects = new ArrayList<>();
        for (String value : request.subjects == null ? List.<String>of() : request.subjects) {
            subjects.add(Subject.ofNational(value)
                    .orElseThrow(() -> new InvalidInput(
                            "subjects",
                            "must be national identifiers with their prefix, not " + value,
                            "Indiquez des identifiants nationaux avec leur préfixe.")));
        }
        return subjects;
    }
}
