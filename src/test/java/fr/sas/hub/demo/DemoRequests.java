package fr.sas.hub.demo;

import fr.sas.hub.testing.VendorBook.Doctor;
import java.time.Duration;
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
        return slots().with(
                        "schedule.actor:Practitioner.identifier",
                        doctors.stream()
                                .map(doctor -> "urn:oid:1.2.250.1.71.4.2.1|" + doctor.nationalId())
                                .collect(Collectors.joining(",")))
                .with("status", "free");
    }

    /** The hub's own: of a health centre, without naming a doctor. */
    Curl slotsOfCentre(String centre) {
        return slots().with("schedule.actor:Location.organization.identifier", "urn:oid:1.2.250.1.71.4.2.2|" + centre)
                .with("status", "free");
    }

    private Curl slots() {
        return Curl.get(hub + "/fhir/Slot", "demo-search")
                .accepting(FHIR)
                .with("_include", "Slot:schedule")
                .with("_include:iterate", "Schedule:actor")
                .with("start", "ge" + from)
                .with("start", "le" + to);
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

    /** @param kind such as {@code msp} */
    Curl facilities(String kind) {
        return Curl.get(hub + "/api/v1/facilities", "demo-portal").with("kind", kind);
    }

    Curl centreSettings(String centre, String json) {
        return Curl.put(hub + "/api/v1/facilities/" + centre + "/settings", "demo-portal", json);
    }

    Curl centreEntry(String centre, String json) {
        return Curl.post(hub + "/api/v1/facilities/" + centre + "/agenda/entries", "demo-portal", json);
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

    /** Asked for by the practitioner; an account manager accepts. */
    Curl delegate(Doctor doctor) {
        return delegate(doctor, DemoProvider.DELEGATE, "MARTIN", "Camille");
    }

    Curl delegate(Doctor doctor, String email, String family, String given) {
        return Curl.post(
                        hub + "/api/v1/practitioners/" + doctor.nationalId() + "/delegations",
                        "demo-portal",
                        """
                {"email": "%s", "family": "%s", "given": "%s", "town": "Tours"}""".formatted(email, family, given))
                .actingFor("practitioner " + doctor.nationalId());
    }

    /** @param delegation its address */
    Curl acceptance(String delegation) {
        String address = delegation.startsWith("http") ? delegation : hub + delegation;
        return Curl.put(address + "/decision", "demo-portal", "{\"accepted\": true}")
                .actingFor("account-manager " + DemoProvider.ACCOUNT_MANAGER);
    }

    /** Somebody of a role that neither the directory nor a delegation says. @param token of a client that may give it */
    Curl account(String token, String email, String family, String given, String role) {
        return Curl.post(hub + "/api/v1/accounts", token, """
                {"email": "%s", "family": "%s", "given": "%s", "roles": ["%s"]}""".formatted(email, family, given, role));
    }

    /** Takes care of these départements; the platform names them. */
    Curl accountManager(String territories) {
        return Curl.post(hub + "/api/v1/account-managers", "demo-portal", """
                {"email": "%s", "family": "BLANC", "given": "Sacha", "territories": [%s]}""".formatted(
                        DemoProvider.ACCOUNT_MANAGER, territories));
    }

    /** Named by an account manager. */
    Curl manager(String centre, String email, String family, String given) {
        return Curl.post(
                hub + "/api/v1/facilities/" + centre + "/managers",
                "demo-portal",
                "{\"email\": \"" + email + "\", \"family\": \"" + family + "\", \"given\": \"" + given + "\"}");
    }

    Curl openRequests() {
        return Curl.get(hub + "/api/v1/delegations", "demo-portal")
                .with("state", "requested")
                .actingFor("account-manager " + DemoProvider.ACCOUNT_MANAGER);
    }

    /** Who changed what; read by the practitioner. */
    Curl history(Doctor doctor) {
        return Curl.get(hub + "/api/v1/practitioners/" + doctor.nationalId() + "/history", "demo-portal")
                .actingFor("practitioner " + doctor.nationalId());
    }

    private String agenda(Doctor doctor) {
        return hub + "/api/v1/practitioners/" + doctor.nationalId() + "/agenda";
    }

    /** INT_R03, from the platform: a quarter of an hour of an agenda's range. @param identifier the platform's own */
    Curl booking(Doctor doctor, Instant start, String identifier) {
        return appointment("demo-search", doctor, start, start.plus(Duration.ofMinutes(15)), identifier, "booked");
    }

    /** INT_R03, from a vendor: a slot of its own, which lasts twenty minutes. */
    Curl declaration(String vendor, Doctor doctor, Instant start, String identifier, String status) {
        return appointment(
                "demo-vendor-" + vendor, doctor, start, start.plus(Duration.ofMinutes(20)), identifier, status);
    }

    private Curl appointment(
            String token, Doctor doctor, Instant start, Instant end, String identifier, String status) {
        ZoneId zone = doctor.offices().getFirst().zone();
        return Curl.put(
                hub + "/fhir/Appointment?identifier=urn:oid:1.1.111.1.11.1.1.1%7C" + identifier, token, """
                {"resourceType": "Appointment",
                 "extension": [{"url": "http://interopsante.org/fhir/StructureDefinition/FrAppointmentOperator",
                   "valueReference": {"identifier": {"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "3456780581/11242343"}}}],
                 "identifier": [{"system": "urn:oid:1.1.111.1.11.1.1.1", "value": "%s"}],
                 "status": "%s", "start": "%s", "end": "%s",
                 "participant": [{"status": "accepted",
                   "actor": {"identifier": {"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "%s"}}}]}""".formatted(
                                identifier,
                                status,
                                INSTANT.format(start.atZone(zone)),
                                INSTANT.format(end.atZone(zone)),
                                doctor.nationalId()));
    }

    /** Where to begin; then {@code since} with the position of the answer's link, and {@code wait}. */
    Curl changes() {
        return Curl.get(hub + "/fhir/Slot/$changes", "demo-search");
    }

    Curl publication() {
        return Curl.get(hub + "/fhir/$bulk-publish", "demo-search");
    }

    /** @param receiver such as {@code http://127.0.0.1:9099/notified}; hub.subscription.receivers must allow it */
    Curl subscription(List<Doctor> doctors, String receiver) {
        return Curl.post(hub + "/fhir/Subscription", "demo-search", """
                {"resourceType": "Subscription",
                 "status": "requested", "reason": "What changes for these practitioners",
                 "criteria": "https://sas-hub.example/fhir/SubscriptionTopic/slots-changed",
                 "_criteria": {"extension": [{
                   "url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-filter-criteria",
                   "valueString": "Slot?schedule.actor:Practitioner.identifier=%s"}]},
                 "channel": {"type": "rest-hook", "endpoint": "%s",
                   "payload": "application/fhir+json",
                   "_payload": {"extension": [{
                     "url": "http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content",
                     "valueCode": "full-resource"}]}}}""".formatted(
                        doctors.stream().map(Doctor::nationalId).collect(Collectors.joining(",")), receiver));
    }

    Curl practitioner(Doctor doctor) {
        return Curl.get(hub + "/api/v1/practitioners/" + doctor.nationalId(), "demo-portal");
    }
}
