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

/** {@code /api/v1/practitioners/{nationalId}/agenda/entries}, and the same of health centres below {@code /api/v1/facilities}. */
@RestController
@RequestMapping({Whose.PRACTITIONER + "/agenda/entries", Whose.CENTRE + "/agenda/entries"})
@Tag(name = "Agenda", description = "Slots and ranges that practitioners and health centres type by hand")
class AgendaEndpoint {

    private final Agenda agenda;

    AgendaEndpoint(Agenda agenda) {
        this.agenda = agenda;
    }

    /** An object around the list, so that a later answer can say more. */
    record Entries(List<EntryDocument> entries) {}

    @GetMapping
    @Operation(summary = "Entries by day and hour; without from, those that are not over")
    Entries list(
            @Whose Subject owner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return new Entries(agenda.list(owner, Addressed.day("from", from), Addressed.day("to", to)).stream()
                .map(EntryDocument::of)
                .toList());
    }

    @ApiResponse(responseCode = "201", description = "Made; Location is its address", useReturnTypeSchema = true)
    @PostMapping
    @Operation(summary = "Types a slot for one patient or a range for several; found by search at once")
    ResponseEntity<EntryDocument> create(@Whose Subject owner, @RequestBody EntryDocument document) {
        AgendaEntry entry = agenda.create(owner, document);
        return ResponseEntity.created(URI.create(Addressed.agendaOf(entry.subject()) + "/entries/" + entry.id()))
                .eTag(tag(entry))
                .body(EntryDocument.of(entry));
    }

    @GetMapping("/{entry}")
    @Operation(summary = "One entry, with its version as ETag")
    ResponseEntity<EntryDocument> get(@Whose Subject owner, @PathVariable String entry) {
        return answer(agenda.entry(owner, Addressed.entry(entry)));
    }

    @PutMapping("/{entry}")
    @Operation(
            summary =
                    "Replaces an entry as a whole; found by search at once. If-Match guards against overwriting somebody else's change",
            description = "What is over stays as it was: of a weekly entry that has taken place the weeks to come are"
                    + " replaced, and date is the first of their days from today on; those that are over become an entry of"
                    + " their own, with their exceptions. A dated entry that is over cannot be changed.")
    ResponseEntity<EntryDocument> put(
            @Whose Subject owner,
            @PathVariable String entry,
            @RequestBody EntryDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(agenda.change(owner, Addressed.entry(entry), document, EntityTag.expectedBy(ifMatch)));
    }

    @DeleteMapping("/{entry}")
    @Operation(
            summary = "Takes an entry away; gone from search at once",
            description = "What is over stays: of a weekly entry that has taken place the weeks that are over become an"
                    + " entry of their own. A dated entry that is over cannot be deleted.")
    ResponseEntity<Void> delete(
            @Whose Subject owner,
            @PathVariable String entry,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        agenda.delete(owner, Addressed.entry(entry), EntityTag.expectedBy(ifMatch));
        return ResponseEntity.noContent().build();
    }

    private static ResponseEntity<EntryDocument> answer(AgendaEntry entry) {
        return ResponseEntity.ok().eTag(tag(entry)).body(EntryDocument.of(entry));
    }

    private static String tag(AgendaEntry entry) {
        return new EntityTag(entry.version()).toString();
    }
}
