package fr.sas.hub.demo;

import static fr.sas.hub.testing.FakeVendor.aFakeVendor;

import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorBook;
import fr.sas.hub.testing.VendorBook.Association;
import fr.sas.hub.testing.VendorBook.Community;
import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Site;
import fr.sas.hub.testing.VendorHand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The five vendors of the demo and their descriptors: one good, one slow, one sloppy, one with CPTS, one of SOS Médecins. */
final class DemoVendors implements AutoCloseable {

    static final Community CPTS_OF_THE_MARKETS = new Community("399900090100011", "CPTS des Trois Marchés");
    static final Community CPTS_OF_THE_MISTS = new Community("399900090200012", "CPTS des Brumes");
    static final Association SOS_OF_THE_PINES = new Association(
            "399900080100011",
            "SOS Médecins Les Grands Pins",
            List.of(
                    site("pins-nord", "SOS Médecins Grands Pins Nord", "4 place des Pins", "33000", "BORDEAUX"),
                    site("pins-sud", "SOS Médecins Grands Pins Sud", "18 rue du Sable", "33000", "BORDEAUX")));
    static final Association SOS_OF_THE_LAGOON = new Association(
            "399900080200012",
            "SOS Médecins du Lagon",
            List.of(site("lagon", "SOS Médecins du Lagon", "2 rue des Filaos", "97400", "SAINT-DENIS")));

    private final List<FakeVendor> vendors;
    private final FakeVendor soleil;

    private DemoVendors(FakeVendor soleil, List<FakeVendor> vendors) {
        this.soleil = soleil;
        this.vendors = vendors;
    }

    /** Starts them on free ports and writes a descriptor for each into the folder. */
    static DemoVendors start(List<Doctor> all, Path connectors) throws IOException {
        List<Doctor> ofSoleil = everyNth(all, 2, 0);
        List<Doctor> ofLenteur = everyNth(all, 3, 1);
        List<Doctor> ofBrouillon = everyNth(all, 3, 0);
        List<Doctor> ofCpts = everyNth(all, 4, 2);
        List<Association> ofSos = List.of(SOS_OF_THE_PINES, SOS_OF_THE_LAGOON);
        FakeVendor soleil = aFakeVendor("agenda-soleil", VendorBook.of(ofSoleil))
                .seed(11)
                .pace(() -> Duration.ofMillis(40))
                .start();
        FakeVendor lenteur = aFakeVendor("lenteur", VendorBook.of(ofLenteur))
                .seed(12)
                .free(20)
                .pace(slowly(12))
                .start();
        FakeVendor brouillon = aFakeVendor("brouillon", VendorBook.of(ofBrouillon))
                .seed(13)
                .hand(VendorHand.SLOPPY)
                .start();
        FakeVendor cpts = aFakeVendor(
                        "cpts-agenda", VendorBook.of(ofCpts).within(CPTS_OF_THE_MARKETS, CPTS_OF_THE_MISTS))
                .seed(14)
                .free(25)
                .start();
        FakeVendor sos = aFakeVendor("sos-rdv", VendorBook.ofAssociations(ofSos))
                .seed(15)
                .free(50)
                .start();
        Files.createDirectories(connectors);
        describe(connectors, soleil, "Agenda Soleil", "individual", "10s", "", ids(ofSoleil));
        describe(connectors, lenteur, "Lenteur Rendez-vous", "individual", "20s", "", ids(ofLenteur));
        describe(connectors, brouillon, "Brouillon", "individual", "15s", "times-without-zone", ids(ofBrouillon));
        describe(connectors, cpts, "CPTS Agenda", "individual, cpts", "15s", "", ids(ofCpts));
        describe(connectors, sos, "SOS RDV", "sos", "15s", "", ofSos.stream().map(Association::structure));
        return new DemoVendors(soleil, List.of(soleil, lenteur, brouillon, cpts, sos));
    }

    List<FakeVendor> list() {
        return vendors;
    }

    /** The good one. */
    FakeVendor soleil() {
        return soleil;
    }

    private static List<Doctor> everyNth(List<Doctor> all, int n, int rest) {
        return IntStream.range(0, all.size())
                .filter(i -> i % n == rest)
                .mapToObj(all::get)
                .toList();
    }

    private static Stream<String> ids(List<Doctor> doctors) {
        return doctors.stream().map(Doctor::nationalId);
    }

    /** 1.5 to 6 s, and every sixth answer later than the 7 s that the hub waits. */
    private static Supplier<Duration> slowly(long seed) {
        Random random = new Random(seed);
        AtomicInteger answers = new AtomicInteger();
        return () -> Duration.ofMillis(answers.incrementAndGet() % 6 == 0 ? 8_000 : random.nextInt(1_500, 6_000));
    }

    private static Site site(String id, String name, String line, String postalCode, String city) {
        String phone = postalCode.startsWith("974") ? "+262262000901" : "+33536497090";
        return new Site(
                id,
                name,
                line,
                postalCode,
                city,
                phone,
                "08:00:00",
                "23:00:00",
                List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun"));
    }

    private static void describe(
            Path connectors,
            FakeVendor vendor,
            String name,
            String flows,
            String every,
            String quirks,
            Stream<String> roster)
            throws IOException {
        Files.writeString(connectors.resolve(vendor.id() + ".yaml"), """
                vendor: %s
                name: %s
                status: live
                baseUrl: %s
                flows: [%s]
                auth: { type: none }
                poll:
                  every: %s
                  idleEvery: 60s
                  horizon: 72h
                  concurrency: 2
                quirks: [%s]
                roster: [%s]
                """.formatted(
                        vendor.id(),
                        name,
                        vendor.baseUrl(),
                        flows,
                        every,
                        quirks,
                        roster.map(id -> "'" + id + "'").collect(Collectors.joining(", "))));
    }

    @Override
    public void close() {
        vendors.forEach(FakeVendor::close);
    }
}
