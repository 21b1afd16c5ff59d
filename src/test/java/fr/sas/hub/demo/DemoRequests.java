package fr.sas.hub.demo;

import fr.sas.hub.testing.VendorBook.Doctor;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/** The requests worth trying, with dates of today. */
final class DemoRequests {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSxxx");
    /** The spelling of the guide. */
    private static final String FHIR = "application/json+fhir";

    private final String hub;
    private final String from;
    private final String to;

    /** @param hub base address without slash at the end */
    DemoRequests(String hub, Instant now) {
        this.hub = hub;
        var start = now.atZone(PARIS).truncatedTo(ChronoUnit.SECONDS);
        this.from = INSTANT.format(start);
        this.to = INSTANT.format(
                start.toLocalDate().plusDays(2).atTime(LocalTime.of(23, 59, 59)).atZone(PARIS));
    }

    /** INT_R01. */
    Curl slots(List<Doctor> doctors) {
        return Curl.get(hub + "/fhir/Slot", "demo-search")
                .accepting(FHIR)
                .with("_include", "Slot:schedule")
                .with("_include:iterate", "Schedule:actor")
                .with("start", "ge" + from)
                .with("start", "le" + to)
                .with(
                        "schedule.actor:Practitioner.identifier",
                        doctors.stream()
                                .map(doctor -> "urn:oid:1.2.250.1.71.4.2.1|" + doctor.nationalId())
                                .collect(Collectors.joining(",")))
                .with("status", "free");
    }

    /** INT_R04. */
    Curl slotsOfCommunities(List<Doctor> doctors) {
        return slots(doctors)
                .with("_include", "Slot:service-type-reference")
                .with("_include:iterate", "HealthcareService:organization");
    }

    Curl sites(List<String> associations) {
        return Curl.get(hub + "/fhir/Schedule", "demo-search")
                .accepting(FHIR)
                .with("_revinclude", "Slot:schedule")
                .with("_include", "Schedule:actor:Location")
                .with("_include:iterate", "Location:organization")
                .with("_has:Slot:schedule:start", "ge" + from)
                .with("_has:Slot:schedule:start", "le" + to)
                .with("_has:Slot:schedule:status", "free")
                .with(
                        "actor:Location.organization.identifier",
                        associations.stream()
                                .map(id -> "urn:oid:1.2.250.1.71.4.2.2|" + id)
                                .collect(Collectors.joining(",")));
    }

    Curl display(Doctor doctor, boolean refused) {
        return settings(doctor, "{\"vendorSlotsHidden\": " + refused + "}");
    }

    Curl settings(Doctor doctor, String json) {
        return Curl.put(hub + "/api/v1/practitioners/" + doctor.nationalId() + "/settings", "demo-portal", json);
    }

    Curl facility(String structure, String json) {
        return Curl.put(hub + "/api/v1/facilities/" + structure, "demo-ops", json);
    }

    Curl agendaEntry(Doctor doctor, String json) {
        return Curl.post(agenda(doctor) + "/entries", "demo-portal", json);
    }

    /** @param entry the address of a weekly entry, as its creation told it */
    Curl withoutOccurrence(String entry, LocalDate date) {
        String address = entry.startsWith("http") ? entry : hub + entry;
        return Curl.delete(address + "/occurrences/" + date, "demo-portal");
    }

    Curl information(Doctor doctor, String place, String json) {
        return Curl.put(agenda(doctor) + "/places/" + place + "/information", "demo-portal", json);
    }

    Curl unavailability(Doctor doctor, String place, String json) {
        return Curl.put(agenda(doctor) + "/places/" + place + "/unavailability", "demo-portal", json);
    }

    /** What stands in an agenda in the coming fortnight. */
    Curl occurrences(Doctor doctor) {
        LocalDate today = LocalDate.parse(from.substring(0, 10));
        return Curl.get(agenda(doctor) + "/occurrences", "demo-portal")
                .with("from", today.toString())
                .with("to", today.plusWeeks(2).toString());
    }

    /** A secret address for the calendar they already use. */
    Curl calendar(Doctor doctor) {
        return Curl.post(agenda(doctor) + "/feed", "demo-portal", "{}");
    }

    private String agenda(Doctor doctor) {
        return hub + "/api/v1/practitioners/" + doctor.nationalId() + "/agenda";
    }

    Curl practitioner(Doctor doctor) {
        return Curl.get(hub + "/api/v1/practitioners/" + doctor.nationalId(), "demo-portal");
    }
}
