package fr.sas.hub.verdict;

import fr.sas.hub.line.ServerProbe;
import fr.sas.hub.rule.Tolerances;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Quirk;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.testing.FakeVendor;
import fr.sas.hub.testing.VendorBook;
import fr.sas.hub.testing.VendorBook.Association;
import fr.sas.hub.testing.VendorBook.Community;
import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import fr.sas.hub.testing.VendorBook.Site;
import fr.sas.hub.testing.VendorFault;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A vendor that is right in everything: two practitioners, one with two places; a CPTS; an SOS association with two sites. */
final class GoodVendor {

    static final String ALICE = "899900000601";
    static final String BERNARD = "899900000602";
    static final String CPTS = "1590000014";
    static final String SOS = "335000000000015";
    private static final List<String> WEEK = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private GoodVendor() {}

    static FakeVendor.Builder aVendor() {
        VendorBook book = new VendorBook(
                Map.of(
                        ALICE,
                        new Doctor(
                                ALICE,
                                "DURAND",
                                "Alice",
                                List.of("SM54"),
                                List.of(
                                        new Office(
                                                List.of("1750000601"),
                                                "1 rue des Tilleuls",
                                                "75001",
                                                "PARIS",
                                                "+33140000601"),
                                        new Office(
                                                List.of("375000000000601"),
                                                "2 rue des Lilas",
                                                "75002",
                                                "PARIS",
                                                "+33140000602"))),
                        BERNARD,
                        new Doctor(
                                BERNARD,
                                "MARTIN",
                                "Bernard",
                                List.of(),
                                List.of(new Office(
                                        List.of("1974000001"),
                                        "3 rue du Port",
                                        "97400",
                                        "SAINT-DENIS",
                                        "+262262000603")))),
                Map.of(
                        SOS,
                        new Association(
                                SOS, "SOS Médecins Rennes", List.of(site("lfc-1", "Nord"), site("lfc-2", "Sud")))),
                List.of(new Community(CPTS, "CPTS du Nord")));
        return FakeVendor.aFakeVendor("bon-eleve", book).free(20);
    }

    private static Site site(String id, String name) {
        return new Site(
                id,
                "Point " + name,
                "12 place du Marché",
                "35000",
                "RENNES",
                "+33299000001",
                "08:00:00",
                "20:00:00",
                WEEK);
    }

    static FakeVendor with(VendorFault planted) {
        return aVendor().fault(planted).start();
    }

    /** The same, at that moment. */
    static FakeVendor with(VendorFault planted, Clock clock) {
        return aVendor().fault(planted).clock(clock).start();
    }

    static CheckOrder order(boolean write) {
        return new CheckOrder(
                List.of(new PractitionerId(ALICE), new PractitionerId(BERNARD)),
                Set.of(new StructureId(CPTS)),
                Set.of(new StructureId(SOS)),
                CheckOrder.NOBODY,
                write,
                Tolerances.NONE,
                Duration.ofSeconds(30));
    }

    /** The same order, for a vendor with whom this was agreed. */
    static CheckOrder tolerating(Quirk quirk) {
        CheckOrder order = order(false);
        return new CheckOrder(
                order.practitioners(),
                order.communities(),
                order.associations(),
                order.unknown(),
                false,
                new Tolerances(Set.of(quirk), false),
                order.brisk());
    }

    static ServerProbe probe(String base) {
        return ServerProbe.at(URI.create(base), null, null, ServerProbe.Bounds.OF_THE_GUIDE);
    }
}
