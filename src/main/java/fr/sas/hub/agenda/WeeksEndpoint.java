package fr.sas.hub.agenda;

import fr.sas.hub.access.EntityTag;
import fr.sas.hub.agenda.entry.AgendaEntry;
import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.agenda.entry.OccurrenceDocument;
import fr.sas.hub.agenda.entry.OccurrenceView;
import fr.sas.hub.slot.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Occurrences, and changes of weekly entries with a scope: this occurrence only, or every week from a date on. */
@RestController
@RequestMapping({Whose.PRACTITIONER + "/agenda", Whose.CENTRE + "/agenda"})
@Tag(name = "Agenda")
class WeeksEndpoint {

    private static final String ONE = "/entries/{entry}/occurrences/{date}";
    private static final String FROM = "/entries/{entry}/from/{date}";

    private final Weeks weeks;

    WeeksEndpoint(Weeks weeks) {
        this.weeks = weeks;
    }

    record Occurrences(List<OccurrenceDocument> occurrences) {}

    /** @param kind {@code deleted}, or {@code changed}: it takes place otherwise */
    record ExceptionDocument(String date, String kind) {}

    record Exceptions(List<ExceptionDocument> exceptions) {}

    @GetMapping("/occurrences")
    @Operation(
            summary =
                    "What takes place between two days of the places' clocks, both included, at most a year; by start")
    Occurrences list(
            @Whose Subject owner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return new Occurrences(
                weeks.occurrences(owner, Addressed.neededDay("from", from), Addressed.neededDay("to", to)).stream()
                        .map(OccurrenceDocument::of)
                        .toList());
    }

    @GetMapping(ONE)
    @Operation(summary = "One occurrence of a weekly entry, named by its local date; ETag is the version of the entry")
    ResponseEntity<OccurrenceDocument> get(
            @Whose Subject owner, @PathVariable String entry, @PathVariable String date) {
        return answer(weeks.occurrence(owner, Addressed.entry(entry), Addressed.neededDay("date", date)));
    }

    @PutMapping(ONE)
    @Operation(
            summary = "Changes this occurrence only, as a whole",
            description = "The body is an entry without weekly; its date may be another day, left out it is the same."
                    + " The occurrence keeps its name and may be changed again. Found by search at once.")
    ResponseEntity<OccurrenceDocument> put(
            @Whose Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestBody EntryDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(weeks.changeOne(
                owner,
                Addressed.entry(entry),
                Addressed.neededDay("date", date),
                document,
                EntityTag.expectedBy(ifMatch)));
    }

    @DeleteMapping(ONE)
    @Operation(summary = "Deletes this occurrence only; ETag is the new version of the entry")
    ResponseEntity<Void> delete(
            @Whose Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        AgendaEntry after = weeks.deleteOne(
                owner, Addressed.entry(entry), Addressed.neededDay("date", date), EntityTag.expectedBy(ifMatch));
        return ResponseEntity.noContent().eTag(tag(after.version())).build();
    }

    @GetMapping("/entries/{entry}/exceptions")
    @Operation(summary = "The dates on which a weekly entry was deleted or takes place otherwise")
    Exceptions exceptions(@Whose Subject owner, @PathVariable String entry) {
        return new Exceptions(weeks.exceptions(owner, Addressed.entry(entry)).entrySet().stream()
                .map(day -> new ExceptionDocument(day.getKey().toString(), day.getValue() ? "changed" : "deleted"))
                .toList());
    }

    @DeleteMapping("/entries/{entry}/exceptions/{date}")
    @Operation(summary = "Takes back the deletion or the change of one occurrence: it takes place as every week again")
    ResponseEntity<OccurrenceDocument> restore(
            @Whose Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(weeks.restore(
                owner, Addressed.entry(entry), Addressed.neededDay("date", date), EntityTag.expectedBy(ifMatch)));
    }

    @ApiResponse(
            responseCode = "200",
            description = "Changed itself: it never took place before",
            useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "201",
            description = "Another entry follows; Location is its address",
            useReturnTypeSchema = true)
    @PutMapping(FROM)
    @Operation(
            summary = "Changes every week from this date on, in one step",
            description =
                    "The entry ends the day before and another one begins: 201 with its address, and the exceptions"
                            + " of later dates go with it. When the entry never took place before that date it is changed itself:"
                            + " 200. The date of the body is not read; left out, weekly stays as it is.")
    ResponseEntity<EntryDocument> putFrom(
            @Whose Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestBody EntryDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        UUID id = Addressed.entry(entry);
        LocalDate from = Addressed.neededDay("date", date);
        AgendaEntry after = weeks.changeFrom(owner, id, from, document, EntityTag.expectedBy(ifMatch));
        ResponseEntity.BodyBuilder answer = after.id().equals(id)
                ? ResponseEntity.ok()
                : ResponseEntity.created(URI.create(Addressed.agendaOf(after.subject()) + "/entries/" + after.id()));
        return answer.eTag(tag(after.version())).body(EntryDocument.of(after));
    }

    @DeleteMapping(FROM)
    @Operation(
            summary = "Deletes every week from this date on, in one step",
            description = "The entry ends the day before, ETag is its new version; it is gone when it never took place"
                    + " before that date.")
    ResponseEntity<Void> deleteFrom(
            @Whose Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Optional<AgendaEntry> left = weeks.deleteFrom(
                owner, Addressed.entry(entry), Addressed.neededDay("date", date), EntityTag.expectedBy(ifMatch));
        ResponseEntity.HeadersBuilder<?> answer = ResponseEntity.noContent();
        left.ifPresent(entryLeft -> answer.eTag(tag(entryLeft.version())));
        return answer.build();
    }

    private static ResponseEntity<OccurrenceDocument> answer(OccurrenceView shown) {
        return ResponseEntity.ok().eTag(tag(shown.version())).body(OccurrenceDocument.of(shown));
    }

    private static String tag(long version) {
        return new EntityTag(version).toString();
    }
}
