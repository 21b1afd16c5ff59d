package fr.sas.hub.lrm;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The object {@code appointment} of a message, field by field as in the guide's table; unknown fields are omitted. */
final class AppointmentContent {

    private static final String SPECIALTIES =
            "https://mos.esante.gouv.fr/NOS/TRE_R38-SpecialiteOrdinale/FHIR/TRE-R38-SpecialiteOrdinale";
    private static final String PROFESSIONS =
            "https://mos.esante.gouv.fr/NOS/TRE_G15-ProfessionSante/FHIR/TRE-G15-ProfessionSante";
    /** Seconds and a numeric offset, never Z. */
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);

    private AppointmentContent() {}

    enum Method {
        CREATE("CreateAppointment"),
        UPDATE("UpdateAppointment");

        final String wire;

        Method(String wire) {
            this.wire = wire;
        }
    }

    static String instant(Instant instant, ZoneId zone) {
        return INSTANT.format(instant.atZone(zone));
    }

    static Map<String, Object> of(Booking booking, Booking.Regulator regulator, Method method) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("appointmentId", booking.id().toString());
        content.put("method", method.wire);
        content.put("created", instant(booking.created(), booking.zone()));
        content.put("status", booking.status().name().toLowerCase(Locale.ROOT));
        if (booking.orientation() != null) {
            content.put("orientationCategory", booking.orientation().name());
        }
        content.put("start", instant(booking.start(), booking.zone()));
        if (booking.end() != null) {
            content.put("end", instant(booking.end(), booking.zone()));
        }
        if (booking.practitioner() != null) {
            content.put("practitioner", practitioner(booking.practitioner()));
        }
        if (booking.structure() != null) {
            Map<String, Object> structure = new LinkedHashMap<>();
            structure.put("organizationId", booking.structure().id());
            structure.put("name", booking.structure().name());
            content.put("organization", structure);
        }
        content.put("regulator", regulator(regulator));
        return content;
    }

    private static Map<String, Object> practitioner(Booking.Practitioner practitioner) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("rppsId", practitioner.id());
        content.put("lastName", practitioner.family());
        content.put("firstName", practitioner.given());
        putCode(content, "speciality", practitioner.specialty(), SPECIALTIES);
        putCode(content, "profession", practitioner.profession(), PROFESSIONS);
        return content;
    }

    private static void putCode(Map<String, Object> content, String name, @Nullable String code, String system) {
        if (code != null) {
            content.put(name + "Code", code);
            content.put(name + "Url", system);
        }
    }

    private static Map<String, Object> regulator(Booking.Regulator regulator) {
        Map<String, Object> content = new LinkedHashMap<>();
        if (regulator.nationalId() != null) {
            content.put("regulatorId", regulator.nationalId());
        }
        content.put("regulatorName", regulator.family());
        content.put("regulatorFirstname", regulator.given());
        content.put("regulatorEmail", regulator.email());
        return content;
    }
}
