package fr.sas.hub.agenda.hours;

import de.siegmar.fastcsv.writer.CsvWriter;
import fr.sas.hub.agenda.AgendaPathVariables;
import fr.sas.hub.agenda.Entries;
import fr.sas.hub.agenda.SubjectInPath;
import fr.sas.hub.slot.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Hours of visibility, of one owner of an agenda and of all. */
@RestController
@Tag(name = "Agenda")
class HoursEndpoint {

    private static final String WHAT_COUNTS =
            "Whole ISO weeks in the place's local time, from the week of from to the week of to, at most a year. What overlaps"
                    + " counts once; for a health centre, up to as many times as it had participating doctors when the week"
                    + " ended, because each of them has to be visible for two hours. Unavailability is deducted while it is, or"
                    + " was, in force: a range is cut, a slot for one patient is left out. An entry counts from when it was"
                    + " made, and what is over does not change. Only agendas count: vendors' slots are not known once they are"
                    + " over.";

    private final VisibilityHours hours;

    HoursEndpoint(VisibilityHours hours) {
        this.hours = hours;
    }

    /**
     * @param week such as {@code 2026-W24}
     * @param minutes whole minutes; for a health centre the sum over its doctors
     * @param twoHours whether there are at least 120 for each doctor
     * @param doctors how many owe two hours: one, or the participating professionals of a health centre
     */
    record WeekDocument(String week, long minutes, boolean twoHours, int doctors) {}

    record Weekly(List<WeekDocument> weeks) {}

    @GetMapping({SubjectInPath.PRACTITIONER + "/hours", SubjectInPath.CENTRE + "/hours"})
    @Operation(summary = "Hours of visibility by week", description = WHAT_COUNTS)
    Weekly of(
            @SubjectInPath Subject owner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return new Weekly(
                hours
                        .of(
                                owner,
                                AgendaPathVariables.requiredDay("from", from),
                                AgendaPathVariables.requiredDay("to", to))
                        .stream()
                        .map(week -> new WeekDocument(
                                week.week(), week.visible().toMinutes(), week.isTwoHours(), week.doctors()))
                        .toList());
    }

    @GetMapping("/api/v1/agenda/hours.csv")
    @Operation(
            summary = "Hours of visibility by week of everyone who has an agenda, as CSV",
            description = "Columns nationalId, week, minutes, twoHours, doctors; sorted by national id and week. "
                    + WHAT_COUNTS)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    void ofEverybody(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletResponse response)
            throws IOException {
        LocalDate first = AgendaPathVariables.requiredDay("from", from);
        LocalDate last = AgendaPathVariables.requiredDay("to", to);
        Entries.atMostAYear(first, last);
        response.setContentType("text/csv;charset=UTF-8");
        try (CsvWriter csv = CsvWriter.builder().build(response.getWriter())) {
            csv.writeRecord("nationalId", "week", "minutes", "twoHours", "doctors");
            hours.ofEverybody(
                    first,
                    last,
                    (subject, weeks) -> weeks.forEach(week -> csv.writeRecord(
                            subject.value(),
                            week.week(),
                            Long.toString(week.visible().toMinutes()),
                            Boolean.toString(week.isTwoHours()),
                            Integer.toString(week.doctors()))));
        }
    }
}
