package fr.sas.hub.bench;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;

import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.testing.VendorPlace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Practitioners, places and slots that are the same in every run: {@code practitioners × slots}, spread over 70 hours. */
record Generator(int practitioners, int slots, Instant first) {

    static String nationalId(int number) {
        return "81%010d".formatted(number);
    }

    byte[] bundle(int from, int count, String vendor, int shiftMinutes) {
        VendorBundle bundle = aBundle().base("https://" + vendor + ".example/fhir");
        Duration step = Duration.ofMinutes(70 * 60 / slots);
        for (int i = from; i < Math.min(from + count, practitioners); i++) {
            VendorPlace place = aPlace("175%07d".formatted(i))
                    .address((1 + i % 200) + " avenue de la République", "75%03d".formatted(1 + i % 20), "PARIS")
                    .phone("+331%08d".formatted(i));
            var practitioner =
                    aPractitioner(nationalId(i), "NOM" + i, "Camille").at(place);
            for (int s = 0; s < slots; s++) {
                Instant start = first.plus(step.multipliedBy(s)).plus(Duration.ofMinutes(i % 30 + shiftMinutes));
                practitioner.slot(aVendorSlot()
                        .from(start)
                        .lasting(15, ChronoUnit.MINUTES)
                        .audience(s % 3 == 0 ? new String[] {"PUBLIC", "SNP"} : new String[] {"PUBLIC"})
                        .mode(s % 5 == 0 ? new String[] {"AMB", "VR"} : new String[] {"AMB"})
                        .specialty("SM54")
                        .reason("Consultation de soins non programmés")
                        .bookableAt("https://" + vendor + ".example/rdv/" + i + "/" + s + "/" + shiftMinutes));
            }
            bundle.with(practitioner);
        }
        return bundle.toBytes();
    }
}
