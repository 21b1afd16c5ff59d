package fr.sas.hub.agenda.hours;

import de.siegmar.fastcsv.writer.CsvWriter;
import fr.sas.hub.agenda.Addressed;
import fr.sas.hub.agenda.Entries;
import fr.sas.hub.agenda.Whose;
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

/** Hours of visibility, of one practitioner and of all. */
@RestController
@Tag(name = "Agenda")
class HoursEndpoint {

    private static final String WHAT_COUNTS =
            "Whole ISO weeks on the place's clock, from the week of from to the week of to, at most a year. What overlaps"
                    + " counts once; of a health centre as often as doctors of it participated when the week ended, since"
                    + " each of them is to be visible for two hours. Unavailability is deducted for as long as it is, or was, in force: a range is cut, a"
                    + " slot for one patient is left out. What is typed counts from then on, and what is over stays as it"
                    + " was. Only agendas count: vendors' slots are not known once they are over.";

    private final Hours hours;

    HoursEndpoint(Hours hours) {
        this.hours = hours;
    }

    /**
     * @param week such as {@code 2026-W24}
     * @param minutes whole ones; of a health centre the sum over its doctors
     * @param twoHours whether they are at least 120 for each of the doctors
     * @param doctors how many owe two hours: one, or the participating professionals of a health centre
     */
    record WeekDocument(String week, long minutes, boolean twoHours, int doctors) {}

    record Weekly(List<WeekDocument> weeks) {}

    @GetMapping({Whose.PRACTITIONER + "/hours", Whose.CENTRE + "/hours"})
    @Operation(summary = "Hours of visibility by week", description = WHAT_COUNTS)
    Weekly of(
            @Whose Subject owner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return new Weekly(hours.of(owner, Addressed.neededDay("from", from), Addressed.neededDay("to", to)).stream()
                .map(week ->
                        new WeekDocument(week.week(), week.visible().toMinutes(), week.isTwoHours(), week.doctors()))
                .toList());
    }

    @GetMapping("/api/v1/agenda/hours.csv")
    @Operation(
            summary = "Hours of visibility by week of everybody who has an agenda, as CSV",
            description =
                    "Columns nationalId, week, minutes, twoHours, doctors; by national id and week. " + WHAT_COUNTS)
    @ApiResponse(responseCode = "200", content = @Content(mediaType = "text/csv", schema = @Schema(type = "string")))
    void ofEverybody(
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            HttpServletResponse response)
            throws IOException {
        LocalDate first = Addressed.neededDay("from", from);
        LocalDate last = Addressed.neededDay("to", to);
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
