package fr.sas.hub.delegation;

import fr.sas.hub.access.SentForm;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Managers of facilities over HTTP: those of one facility, and the facilities of one manager. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Facility managers", description = "Who may act for a facility")
class FacilityManagersEndpoint {

    private static final String OF_FACILITY = "/facilities/{facility}/managers";
    private static final int AT_ONCE = 100;

    private final FacilityManagers managers;
    private final Directory directory;

    FacilityManagersEndpoint(FacilityManagers managers, Directory directory) {
        this.managers = managers;
        this.directory = directory;
    }

    /** @param next to be sent as {@code after} to get the next page; null if this is the last */
    record ManagerList(
            List<FacilityManagerDocument> managers,
            @Nullable String next) {}

    /** An object around the list, so that future answers can contain more. */
    record OfFacility(List<FacilityManagerDocument> managers) {}

    @GetMapping("/managers")
    @Operation(
            summary = "Who manages which facility; with an e-mail address, the facilities of one manager",
            description =
                    "In the order in which they were named, 100 at a time: send next as after for the following page. A manager "
                            + "sees their own facilities, an account manager those in their territories.")
    ManagerList list(
            @Parameter(description = "The manager's; all if omitted") @RequestParam(required = false) @Nullable
                    String email,
            @Parameter(description = "next from the previous page; the first page if omitted")
                    @RequestParam(required = false)
                    @Nullable
                    String after) {
        List<FacilityManagerView> found = managers.list(
                AddressParts.own(Permission.ALL_MANAGERS, "email", email), AddressParts.after(after), AT_ONCE + 1);
        List<FacilityManagerView> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
        return new ManagerList(
                documents(shown), found.size() > AT_ONCE ? shown.getLast().id().toString() : null);
    }

    @GetMapping(OF_FACILITY)
    @Operation(summary = "Managers of one facility, by name")
    OfFacility of(@PathVariable String facility) {
        return new OfFacility(documents(managers.of(AddressParts.facility(facility))));
    }

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping(OF_FACILITY)
    @Operation(summary = "Names a manager; takes effect at once", description = "By an account manager.")
    ResponseEntity<FacilityManagerDocument> name(
            @PathVariable String facility, @RequestBody FacilityManagerDocument document) {
        FacilityManagerView named = managers.name(
                AddressParts.facility(facility),
                document.email(),
                document.family(),
                document.given(),
                new SentForm(null));
        return ResponseEntity.created(URI.create("/api/v1/facilities/" + named.facility() + "/managers/" + named.id()))
                .body(document(named));
    }

    @DeleteMapping(OF_FACILITY + "/{manager}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(summary = "Removes a manager; takes effect at once", description = "By an account manager.")
    void remove(
            @PathVariable String facility,
            @Parameter(description = "Id of the manager at this facility") @PathVariable String manager) {
        managers.remove(AddressParts.facility(facility), AddressParts.manager(manager));
    }

    private List<FacilityManagerDocument> documents(List<FacilityManagerView> found) {
        return found.stream().map(this::document).toList();
    }

    private FacilityManagerDocument document(FacilityManagerView named) {
        return FacilityManagerDocument.of(
                named, directory.facility(named.facility()).map(Facility::name).orElse(null));
    }
}
