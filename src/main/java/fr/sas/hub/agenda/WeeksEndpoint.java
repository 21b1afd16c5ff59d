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

/** Occurrences, and changes to weekly entries that apply to one occurrence, or to every week from a date on. */
@RestController
@RequestMapping({SubjectInPath.PRACTITIONER + "/agenda", SubjectInPath.CENTRE + "/agenda"})
@Tag(name = "Agenda")
class WeeksEndpoint {

    private static final String ONE = "/entries/{entry}/occurrences/{date}";
    private static final String FROM = "/entries/{entry}/from/{date}";

    private final WeeklyEdits weeks;

    WeeksEndpoint(WeeklyEdits weeks) {
        this.weeks = weeks;
    }

    record Occurrences(List<OccurrenceDocument> occurrences) {}

    /** @param kind {@code deleted}, or {@code changed} if it takes place differently */
    record ExceptionDocument(String date, String kind) {}

    record Exceptions(List<ExceptionDocument> exceptions) {}

    @GetMapping("/occurrences")
    @Operation(
            summary =
                    "What takes place between two days, inclusive, in the places' local time, at most a year; sorted by start")
    Occurrences list(
            @SubjectInPath Subject owner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return new Occurrences(weeks
                .occurrences(
                        owner, AgendaPathVariables.requiredDay("from", from), AgendaPathVariables.requiredDay("to", to))
                .stream()
                .map(OccurrenceDocument::of)
                .toList());
    }

    @GetMapping(ONE)
    @Operation(
            summary =
                    "One occurrence of a weekly entry, identified by its local date; ETag is the version of the entry")
    ResponseEntity<OccurrenceDocument> get(
            @SubjectInPath Subject owner, @PathVariable String entry, @PathVariable String date) {
        return answer(weeks.occurrence(
                owner, AgendaPathVariables.entry(entry), AgendaPathVariables.requiredDay("date", date)));
    }

    @PutMapping(ONE)
    @Operation(
            summary = "Replaces this occurrence only",
            description =
                    "The body is an entry without weekly; its date may be another day, and stays the same if left out."
                            + " The occurrence keeps its name and may be changed again. Search shows the change at once.")
    ResponseEntity<OccurrenceDocument> put(
            @SubjectInPath Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestBody EntryDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(weeks.changeOne(
                owner,
                AgendaPathVariables.entry(entry),
                AgendaPathVariables.requiredDay("date", date),
                document,
                EntityTag.expectedBy(ifMatch)));
    }

    @DeleteMapping(ONE)
    @Operation(summary = "Deletes this occurrence only; ETag is the new version of the entry")
    ResponseEntity<Void> delete(
            @SubjectInPath Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        AgendaEntry after = weeks.deleteOne(
                owner,
                AgendaPathVariables.entry(entry),
                AgendaPathVariables.requiredDay("date", date),
                EntityTag.expectedBy(ifMatch));
        return ResponseEntity.noContent().eTag(tag(after.version())).build();
    }

    @GetMapping("/entries/{entry}/exceptions")
    @Operation(summary = "The dates on which a weekly entry was deleted or takes place differently")
    Exceptions exceptions(@SubjectInPath Subject owner, @PathVariable String entry) {
        return new Exceptions(weeks.exceptions(owner, AgendaPathVariables.entry(entry)).entrySet().stream()
                .map(day -> new ExceptionDocument(day.getKey().toString(), day.getValue() ? "changed" : "deleted"))
                .toList());
    }

    @DeleteMapping("/entries/{entry}/exceptions/{date}")
    @Operation(summary = "Undoes the deletion or change of one occurrence: it takes place as in every other week again")
    ResponseEntity<OccurrenceDocument> restore(
            @SubjectInPath Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        return answer(weeks.restore(
                owner,
                AgendaPathVariables.entry(entry),
                AgendaPathVariables.requiredDay("date", date),
                EntityTag.expectedBy(ifMatch)));
    }

    @ApiResponse(
            responseCode = "200",
            description = "The entry itself was changed, because it never took place before that date",
            useReturnTypeSchema = true)
    @ApiResponse(
            responseCode = "201",
            description = "A new entry follows; Location is its address",
            useReturnTypeSchema = true)
    @PutMapping(FROM)
    @Operation(
            summary = "Changes every week from this date on, in one step",
            description =
                    "The entry ends the day before and a new one begins, which takes over the exceptions of later dates: 201"
                            + " with its address. If the entry never took place before that date, it is itself changed: 200. The"
                            + " date of the body is ignored; if weekly is left out, it stays as it is.")
    ResponseEntity<EntryDocument> putFrom(
            @SubjectInPath Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestBody EntryDocument document,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        UUID id = AgendaPathVariables.entry(entry);
        LocalDate from = AgendaPathVariables.requiredDay("date", date);
        AgendaEntry after = weeks.changeFrom(owner, id, from, document, EntityTag.expectedBy(ifMatch));
        ResponseEntity.BodyBuilder answer = after.id().equals(id)
                ? ResponseEntity.ok()
                : ResponseEntity.created(
                        URI.create(AgendaPathVariables.agendaOf(after.subject()) + "/entries/" + after.id()));
        return answer.eTag(tag(after.version())).body(EntryDocument.of(after));
    }

    @DeleteMapping(FROM)
    @Operation(
            summary = "Deletes every week from this date on, in one step",
            description =
                    "The entry ends the day before, and ETag is its new version; if it never took place before that"
                            + " date, it is deleted.")
    ResponseEntity<Void> deleteFrom(
            @SubjectInPath Subject owner,
            @PathVariable String entry,
            @PathVariable String date,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch) {
        Optional<AgendaEntry> left = weeks.deleteFrom(
                owner,
                AgendaPathVariables.entry(entry),
                AgendaPathVariables.requiredDay("date", date),
                EntityTag.expectedBy(ifMatch));
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
