package fr.sas.hub.agenda;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.slot.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
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

/**
 * {@code /api/v1/practitioners/{nationalId}/agenda/entries}, and the same for health centres below {@code
 * /api/v1/facilities}.
 */
@RestController
@RequestMapping({SubjectInPath.PRACTITIONER + "/agenda/entries", SubjectInPath.CENTRE + "/agenda/entries"})
@Tag(name = "Agenda", description = "Slots and ranges that practitioners and health centres enter by hand")
class AgendaEndpoint {

    private final Agenda agenda;

    AgendaEndpoint(Agenda agenda) {
        this.agenda = agenda;
    }

    /** The list is wrapped in an object so that more can be added to the answer later. */
    record Entries(List<EntryDocument> entries) {}

    @GetMapping
    @Operation(summary = "Entries sorted by day and hour; without from, only those that are not over")
    Entries list(
            @SubjectInPath Subject owner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return new Entries(
                agenda.list(owner, AgendaPathVariables.day("from", from), AgendaPathVariables.day("to", to)).stream()
                        .map(EntryDocument::of)
                        .toList());
    }

    @ApiResponse(responseCode = "201", description = "Created; Location is its address", useReturnTypeSchema = true)
    @PostMapping
    @Operation(summary = "Enters a slot for one patient or a range for several; search finds it at once")
    ResponseEntity<EntryDocument> create(@SubjectInPath Subject owner, @RequestBody EntryDocument document) {
        AgendaEntry entry = agenda.create(owner, document);
        return ResponseEntity.created(
                        URI.create(AgendaPathVariables.agendaOf(entry.subject()) + "/entries/" + entry.id()))
                .eTag(tag(entry))
                .body(EntryDocument.of(entry));
    }

    @GetMapping("/{entry}")
    @Operation(summary = "One entry, with its version as ETag")
    ResponseEntity<EntryDocument> get(@SubjectInPath Subject owner, @PathVariable String entry) {
        return answer(agenda.entry(owner, AgendaPathVariables.entry(entry)));
    }

    @PutMapping("/{entry}")
    @Operation(
            summary =
                    "Replaces a whole entry; search shows the change at once. If-Match guards against overwriting someone else's change",
            description =
                    "What is over remains unchanged: of a weekly entry that has already taken place, only the weeks to"
                            + " come are replaced, and date becomes the first of their days from today on; those that are over become a"
                            + " separate entry, with their exceptions. A dated entry that is over cannot be changed.")
    ResponseEntity<EntryDocument> put(
            @SubjectInPath Subject owner,
            @PathVariable String entry,
            @RequestBody EntryDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(agenda.change(owner, AgendaPathVariables.entry(entry), document, EntityTag.expectedBy(ifMatch)));
    }

    @DeleteMapping("/{entry}")
    @Operation(
            summary = "Deletes an entry; it disappears from search at once",
            description =
                    "What is over remains: of a weekly entry that has already taken place, the weeks that are over"
                            + " become a separate entry. A dated entry that is over cannot be deleted.")
    ResponseEntity<Void> delete(
            @SubjectInPath Subject owner,
            @PathVariable String entry,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        agenda.delete(owner, AgendaPathVariables.entry(entry), EntityTag.expectedBy(ifMatch));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<EntryDocument> answer(AgendaEntry entry) {
        return ResponseEntity.ok().eTag(tag(entry)).body(EntryDocument.of(entry));
    }

    private static String tag(AgendaEntry entry) {
        return new EntityTag(entry.version()).toString();
    }
}
