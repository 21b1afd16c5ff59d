package fr.sas.hub.demo;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import fr.sas.hub.testing.VendorBook.Site;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** What people typed into the portal: settings and agenda entries, through the API as they would be. */
final class DemoEntries {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DIRECTORY_LOADS_WITHIN = Duration.ofMinutes(2);

    private static final LocalTime RANGE_FROM = LocalTime.of(19, 0);
    static final String CENTRE_PARTICIPATES =
            "{\"participatingProfessionals\": 4, \"acceptsOverbooking\": true, \"declaresTwoHours\": true}";

    private final DemoRequests requests;
    private final Console console;

    DemoEntries(DemoRequests requests, Console console) {
        this.requests = requests;
        this.console = console;
    }

    /** When the range begins that everybody shown typed for four. */
    static Instant range(Doctor doctor, Instant now) {
        ZoneId zone = doctor.offices().getFirst().zone();
        return LocalDate.ofInstant(now, zone)
                .plusDays(1)
                .atTime(RANGE_FROM)
                .atZone(zone)
                .toInstant();
    }

    /** When the vendor has the first slot of the day after tomorrow; empty when it has none. */
    static Optional<Instant> nextFree(FakeVendor vendor, Doctor doctor, Instant now) {
        ZoneId zone = doctor.offices().getFirst().zone();
        LocalDate day = LocalDate.ofInstant(now, zone).plusDays(2);
        return vendor
                .freeTimes(
                        doctor.nationalId(),
                        zone,
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(1).atStartOfDay(zone).toInstant())
                .stream()
                .findFirst();
    }

    /** What the hub does not take is told, and the rest goes on. */
    void type(List<Doctor> doctors, FakeVendor vendor, Instant now) {
        waitForTheDirectory(doctors.getLast());
        openStructures();
        participate(doctors);
        send("account manager", requests.accountManager(departements(doctors)));
        openACentre(DemoHub.centre(doctors), now);
        send("regulator", requests.account("demo-portal", DemoProvider.REGULATOR, "LEROUX", "Morgane", "regulator"));
        send("ops", requests.account("demo-ops", DemoProvider.OPS, "SIMON", "Robin", "ops"));
        worksAtTwoPlaces(DemoHub.withTwoPlaces(doctors), now);
        worksWithoutSoftware(DemoHub.withoutSoftware(doctors), now);
        for (Doctor doctor : DemoHub.shown(doctors)) {
            ZoneId zone = doctor.offices().getFirst().zone();
            LocalDate tomorrow = LocalDate.ofInstant(now, zone).plusDays(1);
            enter(doctor, tomorrow, LocalTime.of(12, 15), LocalTime.of(12, 30), 1, "\"AMB\"");
            enter(doctor, tomorrow, RANGE_FROM, LocalTime.of(21, 0), 4, "\"AMB\", \"VR\"");
            sameAsTheVendor(doctor, vendor, zone, tomorrow);
        }
        everyWeek(doctors.get(6), now);
        away(doctors.get(12), now);
    }

    /** Those a practitioner may choose, which no extraction tells: houses of health stand in the demo's own. */
    private void openStructures() {
        List.of(DemoVendors.CPTS_OF_THE_MARKETS, DemoVendors.CPTS_OF_THE_MISTS)
                .forEach(cpts -> send("CPTS", requests.facility(cpts.structure(), """
                {"name": "%s", "kind": "cpts"}""".formatted(cpts.name()))));
        List.of(DemoVendors.SOS_OF_THE_PINES, DemoVendors.SOS_OF_THE_LAGOON).forEach(sos -> {
            Site site = sos.sites().getFirst();
            send("SOS Médecins", requests.facility(sos.structure(), """
                {"name": "%s", "kind": "sos", "line": "%s", "postalCode": "%s", "city": "%s", "phone": "%s"}""".formatted(
                            sos.name(), site.line(), site.postalCode(), site.city(), site.phone())));
        });
    }

    /** The directory's id of the first place, which settings name; the structure's national id as long as it is unknown. */
    private String place(Doctor doctor) {
        String structure = structure(doctor);
        try {
            HttpResponse<String> known = requests.practitioner(doctor).send();
            return JSON.readTree(known.body()).at("/places/0/id").asText(structure);
        } catch (IOException e) {
            return structure;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return structure;
        }
    }

    /** Where they work, by number. */
    private static String departements(List<Doctor> doctors) {
        return doctors.stream()
                .flatMap(doctor -> doctor.offices().stream())
                .map(office ->
                        office.postalCode().substring(0, office.postalCode().startsWith("97") ? 3 : 2))
                .distinct()
                .sorted()
                .map(number -> "\"" + number + "\"")
                .collect(Collectors.joining(", "));
    }

    private void participate(List<Doctor> doctors) {
        send("settings", requests.settings(doctors.get(6), """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": true,
                 "vendors": ["agenda-soleil", "brouillon"], "emergencyReorientation": true}"""));
        Doctor inACpts = doctors.get(10);
        send("settings", requests.settings(inACpts, """
                {"participates": true, "participatesThrough": "cpts", "structure": "%s", "practiceLocations": ["%s"],
                 "usesBookingSoftware": true, "vendors": ["cpts-agenda"]}""".formatted(
                        DemoVendors.CPTS_OF_THE_MARKETS.structure(), place(inACpts))));
        send("settings", requests.settings(doctors.get(3), """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": true,
                 "vendors": ["brouillon"], "vendorSlotsHidden": true, "declaresTwoHours": true}"""));
    }

    /** Types what they offer, and has a delegate who does. */
    private void worksWithoutSoftware(Doctor doctor, Instant now) {
        send("settings", requests.settings(doctor, """
                {"participates": true, "participatesThrough": "practice", "usesBookingSoftware": false,
                 "declaresTwoHours": true}"""));
        ZoneId zone = doctor.offices().getFirst().zone();
        enter(
                doctor,
                LocalDate.ofInstant(now, zone).plusDays(1),
                LocalTime.of(17, 0),
                LocalTime.of(19, 0),
                4,
                "\"AMB\"");
        HttpResponse<String> asked =
                send("delegate", requests.delegate(doctor, DemoProvider.ASSISTANT, "COSTE", "Andrea"));
        if (asked != null && asked.statusCode() == 201) {
            send(
                    "acceptance",
                    requests.acceptance(asked.headers().firstValue("Location").orElse("")));
        }
    }

    /** Its salaried doctors do nothing themselves. */
    private void openACentre(Office centre, Instant now) {
        String id = centre.structures().getFirst();
        send("health centre", requests.facility(id, """
                {"name": "Centre de santé du Marché", "kind": "cds", "line": "%s", "postalCode": "%s", "city": "%s",
                 "phone": "%s"}""".formatted(
                        centre.line(), centre.postalCode(), centre.city(), centre.phone())));
        send("centre's settings", requests.centreSettings(id, CENTRE_PARTICIPATES));
        send("centre's manager", requests.manager(id, DemoProvider.MANAGER, "PETIT", "Noa"));
        LocalDate today = LocalDate.ofInstant(now, centre.zone());
        send("centre's agenda entry", requests.centreEntry(id, """
                {"date": "%s", "start": "08:00", "end": "20:00", "patients": 12, "modes": ["AMB", "VR"], "weekly": {"days":
                 ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]}}""".formatted(today)));
    }

    /** A range at each, on one day. */
    private void worksAtTwoPlaces(Doctor doctor, Instant now) {
        int hour = 9;
        for (Office office : doctor.offices()) {
            LocalDate day = LocalDate.ofInstant(now, office.zone()).plusDays(2);
            send("agenda entry", requests.agendaEntry(doctor, """
                {"place": "%s", "date": "%s", "start": "%02d:00", "end": "%02d:30", "patients": 3, "modes": ["AMB"]}""".formatted(
                            office.structures().getFirst(), day, hour, hour + 1)));
            hour += 5;
        }
    }

    /** Without end, less one afternoon, and apart from the range typed for four; and what a regulator should know of the place. */
    private void everyWeek(Doctor doctor, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, doctor.offices().getFirst().zone());
        LocalDate nextMonday = today.with(TemporalAdjusters.next(DayOfWeek.MONDAY));
        HttpResponse<String> typed =
                send("weekly entry", requests.agendaEntry(doctor, """
                {"place": "%s", "date": "%s", "start": "16:00", "end": "18:00", "patients": 3, "modes": ["AMB"],
                 "weekly": {"days": ["monday", "tuesday", "wednesday", "thursday", "friday"]}}""".formatted(structure(doctor), today)));
        if (typed != null && typed.statusCode() == 201) {
            send(
                    "exception",
                    requests.withoutOccurrence(
                            typed.headers().firstValue("Location").orElse(""), nextMonday));
        }
        send(
                "information",
                requests.information(
                        doctor,
                        structure(doctor),
                        "{\"text\": \"Interphone 12, deuxième étage. Visites à domicile après 20 h.\"}"));
    }

    private void away(Doctor doctor, Instant now) {
        LocalDate first =
                LocalDate.ofInstant(now, doctor.offices().getFirst().zone()).plusDays(20);
        send(
                "unavailability",
                requests.unavailability(
                        doctor,
                        structure(doctor),
                        "{\"periods\": [{\"from\": \"%s\", \"to\": \"%s\"}]}".formatted(first, first.plusDays(7))));
    }

    private static String structure(Doctor doctor) {
        return doctor.offices().getFirst().structures().getFirst();
    }

    /** The same slot as a vendor's, typed by hand too: the hub shows it once, with both sources. */
    private void sameAsTheVendor(Doctor doctor, FakeVendor vendor, ZoneId zone, LocalDate day) {
        vendor
                .freeTimes(
                        doctor.nationalId(),
                        zone,
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(1).atStartOfDay(zone).toInstant())
                .stream()
                .map(start -> LocalTime.ofInstant(start, zone))
                .findFirst()
                .ifPresent(start -> enter(doctor, day, start, start.plusMinutes(20), 1, "\"AMB\""));
    }

    private void enter(Doctor doctor, LocalDate day, LocalTime start, LocalTime end, int patients, String modes) {
        send("agenda entry", requests.agendaEntry(doctor, """
                {"place": "%s", "date": "%s", "start": "%s", "end": "%s", "patients": %d, "modes": [%s]}""".formatted(
                        structure(doctor), day, start, end, patients, modes)));
    }

    private void waitForTheDirectory(Doctor last) {
        try {
            await().atMost(DIRECTORY_LOADS_WITHIN)
                    .pollInterval(Duration.ofMillis(200))
                    .ignoreExceptions()
                    .until(() -> requests.practitioner(last).send().statusCode() == 200);
        } catch (ConditionTimeoutException e) {
            console.line("  The directory does not know " + last.family() + " yet; going on without");
        }
    }

    private @Nullable HttpResponse<String> send(String what, Curl request) {
        try {
            HttpResponse<String> answer = request.send();
            if (answer.statusCode() >= 300) {
                console.line("  Not taken: " + what + ", " + request.method() + " " + request.url() + " "
                        + request.body() + "\n    " + answer.statusCode() + " " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            console.line("  Not taken: " + what + ", " + request.url() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }
}
