package fr.sas.hub.directory;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.access.Wording;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The directory over HTTP: practitioners, facilities, and loads of national extractions. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "Directory", description = "Practitioners, their places, facilities; national extractions")
class DirectoryEndpoint {

    private static final int AT_ONCE = 50;

    private final Directory directory;
    private final Loads loads;

    DirectoryEndpoint(Directory directory, Loads loads) {
        this.directory = directory;
        this.loads = loads;
    }

    @GetMapping("/practitioners/{practitioner}")
    @Operation(summary = "A practitioner with their places")
    ResponseEntity<PractitionerDocument> practitioner(@PathVariable String practitioner) {
        return answer(directory.requireStored(practitionerId(practitioner)));
    }

    @PutMapping("/practitioners/{practitioner}")
    @Operation(summary = "Writes a practitioner with all their places; later extractions do not change them")
    ResponseEntity<PractitionerDocument> put(
            @PathVariable String practitioner,
            @RequestBody PractitionerDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        PractitionerId id = practitionerId(practitioner);
        return answer(directory.save(document.toPractitioner(id), EntityTag.expectedBy(ifMatch)));
    }

    @DeleteMapping("/practitioners/{practitioner}")
    @Operation(summary = "Deletes a practitioner; the next extraction that contains them restores them")
    ResponseEntity<Void> delete(
            @PathVariable String practitioner,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        directory.delete(practitionerId(practitioner), EntityTag.expectedBy(ifMatch));
        return ResponseEntity.noContent().build();
    }

    /**
     * @param facilities sorted by name
     * @param next pass as {@code after} for the following page; null on the last page
     */
    record Facilities(
            List<FacilityDocument> facilities, @Nullable String next) {}

    @GetMapping("/facilities")
    @Operation(
            summary = "Structures by kind, name, town or postal code, sorted by name",
            description = AT_ONCE
                    + " at a time: pass next as after for the following page. Accents, case and punctuation make no"
                    + " difference. A structure with several ids is listed once.")
    Facilities facilities(
            @Parameter(description = "practice, cpts, msp, cds or sos; if absent: any, including unknown")
                    @RequestParam(required = false)
                    @Nullable
                    String kind,
            @Parameter(description = "Words of the name, or their beginnings, in any order")
                    @RequestParam(required = false)
                    @Nullable
                    String name,
            @Parameter(description = "The town, or its beginning") @RequestParam(required = false) @Nullable
                    String town,
            @Parameter(description = "The postal code, or its beginning: 75 selects a département")
                    @RequestParam(required = false)
                    @Nullable
                    String postalCode,
            @Parameter(description = "next from the previous page; if absent: the first page")
                    @RequestParam(required = false)
                    @Nullable
                    String after) {
        List<Facility> found = directory.facilities(
                FacilityQuery.of(kind, name, town, postalCode), after == null ? null : lastOfPage(after), AT_ONCE + 1);
        List<Facility> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
        return new Facilities(
                shown.stream().map(FacilityDocument::of).toList(),
                found.size() > AT_ONCE ? shown.getLast().id().value() : null);
    }

    @GetMapping("/facilities/{facility}")
    @Operation(summary = "A structure by its national id")
    ResponseEntity<FacilityDocument> facility(@PathVariable String facility) {
        return answerFacility(directory.requireStored(structureId(facility)));
    }

    @PutMapping("/facilities/{facility}")
    @Operation(summary = "Writes a structure; later extractions do not change it")
    ResponseEntity<FacilityDocument> putFacility(
            @PathVariable String facility,
            @RequestBody FacilityDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        StructureId id = directory.keptUnder(structureId(facility));
        return answerFacility(directory.save(document.toFacility(id), EntityTag.expectedBy(ifMatch)));
    }

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping("/directory/loads")
    @Operation(
            summary = "Loads a national extraction sent as the request's body",
            description =
                    "Plain, gzipped, or the published zip, whose second file may hold the specialties; UTF-8 or"
                            + " Windows-1252. Answers once it has been read completely: 422 with the load's id when it failed and changed nothing; 409 at once while another is being read.")
    ResponseEntity<Load> load(
            @Parameter(description = "A name for the load, shown in the list of loads")
                    @RequestParam(defaultValue = "upload")
                    String name,
            @Parameter(description = "Accept a file with less than half of the practitioners of the last extraction")
                    @RequestParam(defaultValue = "false")
                    boolean acceptLoss,
            HttpServletRequest request)
            throws IOException {
        Load load = loads.load(name, null, request.getInputStream(), acceptLoss)
                .orElseThrow(() -> problem(
                        HttpStatus.CONFLICT,
                        Wording.here(
                                "Another extraction is being read; try again later",
                                "Une autre extraction est en cours de lecture ; renvoyez celle-ci plus tard.")));
        if (load.failure() != null) {
            ErrorResponseException failed = problem(HttpStatus.UNPROCESSABLE_ENTITY, load.failure());
            failed.getBody().setProperty("load", load.id());
            throw failed;
        }
        return ResponseEntity.created(URI.create("/api/v1/directory/loads/" + load.id()))
                .body(load);
    }

    @GetMapping("/directory/loads")
    @Operation(summary = "The latest loads, newest first")
    List<Load> list() {
        return loads.list();
    }

    @GetMapping("/directory/loads/{id}")
    @Operation(summary = "A load with its skipped lines and the reasons")
    Load one(@Parameter(description = "The load's number") @PathVariable long id) {
        return loads.find(id).orElseThrow(() -> new NotFound("There is no load " + id, "Ce chargement n'existe pas."));
    }

    private static ResponseEntity<PractitionerDocument> answer(
            PractitionerTables.Versioned<DirectoryPractitioner> kept) {
        return ResponseEntity.ok()
                .eTag(new EntityTag(kept.version()).toString())
                .body(PractitionerDocument.of(Objects.requireNonNull(kept.value())));
    }

    private static ResponseEntity<FacilityDocument> answerFacility(PractitionerTables.Versioned<Facility> kept) {
        return ResponseEntity.ok()
                .eTag(new EntityTag(kept.version()).toString())
                .body(FacilityDocument.of(Objects.requireNonNull(kept.value())));
    }

    private static ErrorResponseException problem(HttpStatus status, String detail) {
        return new ErrorResponseException(status, ProblemDetail.forStatusAndDetail(status, detail), null);
    }

    private static PractitionerId practitionerId(String text) {
        return PractitionerId.parse(text)
                .orElseThrow(
                        () -> new NotFound(
                                "Not a practitioner's national id (8 + RPPS, 0 + ADELI): " + text,
                                "Ce n'est pas l'identifiant national d'un professionnel : 8 suivi du RPPS, ou 0 suivi de l'ADELI."));
    }

    private static StructureId lastOfPage(String after) {
        return StructureId.parse(after)
                .orElseThrow(() -> new InvalidInput(
                        "after",
                        "is the value of next from the previous page",
                        "Cette suite de liste n'existe pas : reprenez la liste depuis le début."));
    }

    private static StructureId structureId(String text) {
        return StructureId.parse(text)
                .orElseThrow(
                        () -> new NotFound(
                                "Not a structure's national id (1 + FINESS, 3 + SIRET): " + text,
                                "Ce n'est pas l'identifiant national d'une structure : 1 suivi du FINESS, ou 3 suivi du SIRET."));
    }
}
