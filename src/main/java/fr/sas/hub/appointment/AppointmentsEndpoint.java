package fr.sas.hub.appointment;

import com.fasterxml.jackson.annotation.JsonInclude;
import fr.sas.hub.access.InstantParameter;
import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code /api/v1/practitioners/{nationalId}/appointments}, and those with a structure under {@code /api/v1/facilities}.
 */
@RestController
@Tag(name = "Appointments", description = "Appointments declared by vendors or booked by the platform")
class AppointmentsEndpoint {

    private static final String WHICH =
            "Between two days in Paris, both inclusive, at most a year apart. Includes appointments whose slot or "
                    + "agenda entry no longer exists.";

    private static final ZoneId MAINLAND = ZoneId.of("Europe/Paris");
    private static final int LONGEST_DAYS = 366;

    private final Appointments appointments;

    AppointmentsEndpoint(Appointments appointments) {
        this.appointments = appointments;
    }

    /** An object around the list, so that future answers can contain more. */
    record Listed(List<AppointmentDocument> appointments) {}

    /** One appointment; contains no patient data. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Appointment")
    record AppointmentDocument(
            String id,

            @Schema(allowableValues = {"booked", "fulfilled", "noshow", "cancelled"})
            String status,

            @Schema(description = "The vendor that declared it; omitted if the platform booked it") @Nullable
            String vendor,

            OffsetDateTime startsAt,
            OffsetDateTime endsAt,

            @Schema(description = "The id of the place, if it is certain") @Nullable
            String place,

            OffsetDateTime createdAt,
            OffsetDateTime changedAt) {

        static AppointmentDocument of(Appointment appointment) {
            PracticeLocation place = appointment.about().place();
            Source vendor = appointment.owner().vendor();
            ZoneId zone = place == null ? MAINLAND : place.zone();
            return new AppointmentDocument(
                    appointment.id().toString(),
                    appointment.said().status().code(),
                    vendor == null ? null : vendor.name(),
                    appointment.said().start().atZone(zone).toOffsetDateTime(),
                    appointment.said().end().atZone(zone).toOffsetDateTime(),
                    place == null ? null : place.key(),
                    appointment.createdAt().atZone(zone).toOffsetDateTime(),
                    appointment.changedAt().atZone(zone).toOffsetDateTime());
        }
    }

    @GetMapping("/api/v1/practitioners/{practitioner}/appointments")
    @Operation(summary = "A practitioner's appointments, by start", description = WHICH)
    Listed withPractitioner(
            @PathVariable String practitioner,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return list(
                PractitionerId.parse(practitioner)
                        .orElseThrow(() -> new NotFound(
                                "There is no practitioner " + practitioner, "Ce professionnel n'existe pas.")),
                from,
                to);
    }

    @GetMapping("/api/v1/facilities/{facility}/appointments")
    @Operation(
            summary = "Appointments with a structure itself, not with one of its practitioners, by start",
            description = WHICH)
    Listed withFacility(
            @PathVariable String facility,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to) {
        return list(
                StructureId.parse(facility)
                        .orElseThrow(() ->
                                new NotFound("There is no facility " + facility, "Cette structure n'existe pas.")),
                from,
                to);
    }

    private Listed list(Subject id, @Nullable String from, @Nullable String to) {
        LocalDate first = day("from", from);
        LocalDate last = day("to", to);
        if (last.isBefore(first) || last.isAfter(first.plusDays(LONGEST_DAYS))) {
            throw new InvalidInput(
                    "to",
                    "must not be before from, and at most a year after it",
                    "La période demandée va d'une date à une date qui n'est pas avant elle, un an plus tard au plus.");
        }
        return new Listed(appointments
                .list(
                        id,
                        first.atStartOfDay(MAINLAND).toInstant(),
                        last.plusDays(1).atStartOfDay(MAINLAND).toInstant())
                .stream()
                .map(AppointmentDocument::of)
                .toList());
    }

    private static LocalDate day(String parameter, @Nullable String text) {
        if (text == null) {
            throw new InvalidInput(
                    parameter, "is required: a day such as 2026-06-12", "Indiquez une date, par exemple 2026-06-12.");
        }
        try {
            LocalDate day = LocalDate.parse(text);
            if (InstantParameter.isStorable(day.atStartOfDay(MAINLAND).toInstant())) {
                return day;
            }
        } catch (DateTimeException e) {
            // refused below
        }
        throw new InvalidInput(
                parameter, "must be a day such as 2026-06-12", "Indiquez une date qui existe, par exemple 2026-06-12.");
    }
}
