package fr.sas.hub.history;

import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code …/history} of a practitioner and of a facility, for the person concerned. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "History", description = "Every change with who, when, before and after")
class HistoryEndpoint {

    private static final int AT_ONCE = 100;
    private static final String PAGES = "Newest first, " + AT_ONCE + " at a time: pass next as cursor for older"
            + " ones. Readable by the person concerned only, not by anyone acting for them.";
    private static final String KIND =
            "settings, agenda, unavailability, information, feed, delegation or managers; if absent: all";
    private static final String FROM = "Instant, inclusive; if absent: from the beginning";
    private static final String TO = "Instant, exclusive; if absent: until now";
    private static final String INSTANT = "2026-06-12T00:00:00Z";
    private static final String CURSOR = "next from the previous page; if absent: the newest";
    private static final String KINDS =
            Arrays.stream(History.Kind.values()).map(History.Kind::code).collect(Collectors.joining(", "));

    private final HistoryTables lines;
    private final Directory directory;

    HistoryEndpoint(HistoryTables lines, Directory directory) {
        this.lines = lines;
        this.directory = directory;
    }

    /** @param next the cursor for the next page; null on the last page */
    record Page(List<ChangeDocument> changes, @Nullable String next) {}

    @GetMapping("/practitioners/{practitioner}/history")
    @Operation(
            summary = "Changes of settings, agenda, unavailability, information, feed and delegations",
            description = PAGES)
    Page ofPractitioner(
            @PathVariable String practitioner,
            @Parameter(description = KIND) @RequestParam(required = false) @Nullable String kind,
            @Parameter(description = FROM, example = INSTANT) @RequestParam(required = false) @Nullable String from,
            @Parameter(description = TO, example = INSTANT) @RequestParam(required = false) @Nullable String to,
            @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor) {
        return page(practitioner(practitioner), kind, from, to, cursor);
    }

    @GetMapping("/practitioners/{practitioner}/settings/history")
    @Operation(summary = "The same as …/history?kind=settings", description = PAGES)
    Page ofSettings(
            @PathVariable String practitioner,
            @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor) {
        return page(practitioner(practitioner), History.Kind.SETTINGS.code(), null, null, cursor);
    }

    @GetMapping("/facilities/{facility}/history")
    @Operation(summary = "Changes of a facility's settings, agenda and managers", description = PAGES)
    Page ofFacility(
            @PathVariable String facility,
            @Parameter(description = KIND) @RequestParam(required = false) @Nullable String kind,
            @Parameter(description = FROM, example = INSTANT) @RequestParam(required = false) @Nullable String from,
            @Parameter(description = TO, example = INSTANT) @RequestParam(required = false) @Nullable String to,
            @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor) {
        return page(facility(facility), kind, from, to, cursor);
    }

    @GetMapping("/facilities/{facility}/settings/history")
    @Operation(summary = "The same as …/history?kind=settings", description = PAGES)
    Page ofFacilitySettings(
            @PathVariable String facility,
            @Parameter(description = CURSOR) @RequestParam(required = false) @Nullable String cursor) {
        return page(facility(facility), History.Kind.SETTINGS.code(), null, null, cursor);
    }

    private Page page(
            Subject subject,
            @Nullable String kind,
            @Nullable String from,
            @Nullable String to,
            @Nullable String cursor) {
        List<HistoryTables.StoredLine> found = lines.find(
                new HistoryTables.LineQuery(
                        subject, kind(kind), instant("from", from), instant("to", to), HistoryCursor.parse(cursor)),
                AT_ONCE + 1);
        List<HistoryTables.StoredLine> shown = found.subList(0, Math.min(found.size(), AT_ONCE));
        return new Page(
                shown.stream().map(one -> ChangeDocument.of(one.line())).toList(),
                found.size() > AT_ONCE ? shown.getLast().cursor().toString() : null);
    }

    private static PractitionerId practitioner(String text) {
        return PractitionerId.parse(text)
                .orElseThrow(() -> new NotFound("There is no practitioner " + text, "Ce professionnel n'existe pas."));
    }

    private StructureId facility(String text) {
        StructureId id = StructureId.parse(text)
                .orElseThrow(() -> new NotFound("There is no facility " + text, "Cette structure n'existe pas."));
        return directory.facility(id).map(Facility::id).orElse(id);
    }

    private static History.@Nullable Kind kind(@Nullable String word) {
        return word == null
                ? null
                : History.Kind.named(word)
                        .orElseThrow(() -> new InvalidInput(
                                "kind", "is one of " + KINDS, "Ce type de modification n'existe pas."));
    }

    private static @Nullable Instant instant(String parameter, @Nullable String text) {
        return text == null ? null : InstantParameter.parse(parameter, text);
    }
}
