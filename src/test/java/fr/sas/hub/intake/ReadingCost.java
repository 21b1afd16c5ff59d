package fr.sas.hub.intake;

import static fr.sas.hub.testing.VendorBundle.aBundle;
import static fr.sas.hub.testing.VendorBundle.aPlace;
import static fr.sas.hub.testing.VendorBundle.aPractitioner;
import static fr.sas.hub.testing.VendorBundle.aVendorSlot;

import fr.sas.hub.delivery.Delivery;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.VendorBundle;
import fr.sas.hub.vendor.Flow;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What reading 25 practitioners' 500 slots costs, in milliseconds of CPU; the middle of many rounds. */
final class ReadingCost {

    private static final Instant NOW = Instant.parse("2026-06-12T06:00:00Z");
    private static final int PRACTITIONERS = 25;
    private static final int SLOTS_OF_EACH = 20;
    private static final int ROUNDS = 600;

    private ReadingCost() {}

    public static void main(String[] args) {
        DeliveryReader reader = new DeliveryReader(200);
        Delivery delivery = delivery();
        List<Long> costs = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            int accepted = reader.read(delivery, Map.of(), NOW).accepted();
            costs.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
            if (accepted != PRACTITIONERS * SLOTS_OF_EACH) {
                throw new IllegalStateException(accepted + " slots were read");
            }
        }
        List<Long> warm = costs.subList(ROUNDS / 2, ROUNDS).stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "500 slots, %d kB: %.2f ms of CPU (a tenth of the rounds under %.2f)%n",
                delivery.pages().getFirst().length / 1000,
                warm.get(warm.size() / 2) / 1e6,
                warm.get(warm.size() / 10) / 1e6);
    }

    private static Delivery delivery() {
        VendorBundle bundle = aBundle();
        Set<Subject> asked = new HashSet<>();
        for (int i = 0; i < PRACTITIONERS; i++) {
            String id = "8999" + (10_000_000 + i);
            asked.add(new PractitionerId(id));
            var place = aPlace("17500" + (10_000 + i)).phone("+33140000000");
            for (int j = 0; j < SLOTS_OF_EACH; j++) {
                place.slot(aVendorSlot()
                        .from(NOW.plus(Duration.ofMinutes(60 + 15L * j)))
                        .audience("PUBLIC", "SNP")
                        .reason("Première consultation")
                        .specialty("SM54")
                        .bookableAt("https://rdv.example/p/" + i + "?creneau=" + j));
            }
            bundle.with(aPractitioner(id, "DURAND", "Alice").at(place));
        }
        return new Delivery(
                new UUID(0, 0),
                new Source("agenda-soleil"),
                Flow.INDIVIDUAL,
                asked,
                new Window(NOW, NOW.plus(Duration.ofHours(72))),
                NOW,
                Duration.ofMillis(10),
                Answer.COMPLETE,
                List.of(bundle.toBytes()),
                Set.of(),
                false);
    }
}
