package fr.sas.hub.demo;

import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorBook.Doctor;
import java.time.Instant;
import java.util.List;

/** What the demo says when it is up: where to look, with which token, and what to try. */
final class DemoNotice {

    /** Allowed by the demo's {@code hub.subscription.receivers}. */
    private static final String RECEIVER = "http://127.0.0.1:9099/notified";

    private final Console console;

    DemoNotice(Console console) {
        this.console = console;
    }

    void print(DemoHub.Running demo, DemoRequests requests, List<Doctor> shown) {
        console.heading("The hub is up");
        console.entry("front page", demo.hub() + "/");
        console.entry("sign in", demo.hub() + "/connexion   as one of these, by a click:");
        demo.provider()
                .people()
                .forEach(person -> console.line("                     " + person.who() + ": " + person.what()));
        console.entry(
                "mails", demo.mailbox().address() + "   everything the hub sends, requests by the contact form too");
        console.entry("console", demo.hub() + "/ops   (token demo-ops)");
        console.entry("FHIR metadata", demo.hub() + "/fhir/metadata");
        console.entry("API, browsable", demo.hub() + "/swagger-ui/index.html");
        console.entry("health", demo.hub() + "/actuator/health");
        console.heading("Tokens (Authorization: Bearer …)");
        console.entry("search", "demo-search");
        console.entry("portal", "demo-portal");
        console.entry("ops", "demo-ops");
        console.entry("vendors", "demo-vendor-<id>, such as demo-vendor-agenda-soleil");
        console.heading("Vendors");
        for (FakeVendor vendor : demo.vendors().list()) {
            console.entry(
                    vendor.id(), vendor.baseUrl() + "   whom it was asked for: " + vendor.baseUrl() + "/demo/asked");
        }
        console.line("  Upset one, and it answers so until it behaves again:");
        console.line("    curl -X POST " + demo.vendors().soleil().baseUrl()
                + "/demo/hang      (or fail, throttle, lie, flood; behave)");
        console.line("  Their descriptors lie in target/demo/connectors: change, add or remove one.");
        console.heading("1. Free slots of " + names(shown) + ": several vendors and the agenda");
        console.line(requests.slots(shown).toString());
        console.line("");
        console.line("  With their CPTS: add  --data-urlencode '_include=Slot:service-type-reference'"
                + " --data-urlencode '_include:iterate=HealthcareService:organization'");
        console.heading("2. Consultation sites of SOS Médecins");
        console.line(requests.sites(
                        List.of(DemoVendors.SOS_OF_THE_PINES.structure(), DemoVendors.SOS_OF_THE_LAGOON.structure()))
                .toString());
        Doctor refusing = shown.getLast();
        console.heading("3. " + names(List.of(refusing)) + " refuses display (try 1 again), and lifts the refusal");
        console.line(requests.display(refusing, true).toString());
        console.line("");
        console.line(requests.display(refusing, false).toString());
        Doctor weekly = shown.getFirst();
        console.heading("4. The agenda of " + names(List.of(weekly)) + ", a weekly entry in it; and as a calendar");
        console.line(requests.occurrences(weekly).toString());
        console.line("");
        console.line(requests.calendar(weekly).toString());
        List<Doctor> salaried = DemoHub.salaried(demo.doctors());
        String centre = DemoHub.centre(demo.doctors()).structures().getFirst();
        console.heading("5. A health centre: its slots by its FINESS, and with " + names(salaried) + " who work there");
        console.line(requests.slotsOfCentre(centre).toString());
        console.line("");
        console.line(requests.slots(salaried).toString());
        console.line("");
        console.line("  It no longer participates, and they participate no more (try again), until it does:");
        console.line(requests.centreSettings(centre, "{}").toString());
        console.line("");
        console.line(
                requests.centreSettings(centre, DemoEntries.CENTRE_PARTICIPATES).toString());
        console.heading(
                "6. " + names(List.of(weekly)) + " asks for a delegate, an account manager sees it, and who did what");
        console.line(requests.delegate(weekly).toString());
        console.line("");
        console.line(requests.openRequests().toString());
        console.line("");
        console.line(requests.history(weekly).toString());
        Doctor booked = shown.getFirst();
        console.heading("7. The platform books a place of the range that " + names(List.of(booked))
                + " typed for four (try 1 again: slot-capacity)");
        console.line(requests.booking(booked, DemoEntries.range(booked, Instant.now()), "demo-booking-1")
                .toString());
        FakeVendor soleil = demo.vendors().soleil();
        DemoEntries.nextFree(soleil, booked, Instant.now()).ifPresent(start -> {
            console.heading(
                    "8. " + soleil.id() + " declares an appointment: its slot is gone at once; cancelled, the vendor"
                            + " is asked at once");
            console.line(requests.declaration(soleil.id(), booked, start, "rdv-1", "booked")
                    .toString());
            console.line("");
            console.line(requests.declaration(soleil.id(), booked, start, "rdv-1", "cancelled")
                    .toString());
        });
        console.heading("9. Follow what changes: by asking, by files, or by being notified");
        console.line(requests.changes().toString());
        console.line("");
        console.line(requests.publication().toString());
        console.line("");
        console.line("  Notified at " + RECEIVER
                + " (a receiver of a few lines is in fhir-profiles/README.md); then try 3:");
        console.line(requests.subscription(shown, RECEIVER).toString());
        console.heading("Ctrl-C stops everything");
        console.line("Another port: mvn spring-boot:test-run -Dspring-boot.run.arguments=--server.port=8090");
    }

    private static String names(List<Doctor> doctors) {
        return String.join(
                ", ",
                doctors.stream()
                        .map(doctor -> doctor.given() + " " + doctor.family())
                        .toList());
    }
}
