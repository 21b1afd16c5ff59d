package fr.sas.hub.publish;

import static org.awaitility.Awaitility.await;

import fr.sas.hub.directory.PlaceZones;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.participation.ScreenedBatch;
import fr.sas.hub.slot.Answer;
import fr.sas.hub.slot.Audience;
import fr.sas.hub.slot.Community;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Window;
import fr.sas.hub.testing.Batches;
import fr.sas.hub.testing.Descriptor;
import fr.sas.hub.vendor.Vendors;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a vendor says of one practitioner at a time, whose practice is where the postal code says. */
final class OfferedBySoleil {

    static final Source SOLEIL = new Source("publish-soleil");

    private final AvailabilityIndex index;

    OfferedBySoleil(AvailabilityIndex index, Path connectors, Vendors vendors) {
        this.index = index;
        if (vendors.find(SOLEIL).isEmpty()) {
            Descriptor.of(SOLEIL.name()).dropInto(connectors);
            await().until(() -> vendors.find(SOLEIL).isPresent());
        }
    }

    /** All that is free of them from now on. */
    void say(PractitionerId who, String postalCode, Instant... starts) {
        PracticeLocation place = place(who, postalCode);
        List<Slot> slots = new ArrayList<>();
        for (Instant start : starts) {
            slots.add(Batches.slot(SOLEIL, who, place, start));
        }
        say(who, place, slots);
    }

    /** One slot for a CPTS, and one for three patients. */
    void sayOfCommunity(PractitionerId who, String postalCode, Instant start, StructureId community) {
        PracticeLocation place = place(who, postalCode);
        Slot plain = Batches.slot(SOLEIL, who, place, start);
        Slot ofCommunity = new Slot(
                who,
                place.key(),
                start,
                plain.end(),
                EnumSet.of(Audience.COMMUNITY),
                plain.modes(),
                plain.reasons(),
                plain.specialties(),
                plain.appointmentType(),
                plain.bookingPage(),
                List.of(new Community(community, "CPTS des Lilas", null)),
                1,
                "community");
        Slot range = new Slot(
                who,
                place.key(),
                start.plusSeconds(3600),
                start.plusSeconds(3 * 3600),
                plain.audiences(),
                plain.modes(),
                plain.reasons(),
                plain.specialties(),
                plain.appointmentType(),
                plain.bookingPage(),
                List.of(),
                3,
                "range");
        say(who, place, List.of(ofCommunity, range));
    }

    private void say(PractitionerId who, PracticeLocation place, List<Slot> slots) {
        Instant now = Instant.now();
        index.replace(new ScreenedBatch(
                new SlotBatch(
                        SOLEIL,
                        Set.of(who),
                        new Window(now.minus(Duration.ofHours(1)), now.plus(Duration.ofHours(72))),
                        now,
                        Answer.COMPLETE,
                        Map.of(
                                who,
                                new Offer(
                                        new NamedSubject(
                                                who, "NOM" + who.value().substring(6), List.of("Zoé")),
                                        List.of(place),
                                        slots))),
                Map.of()));
    }

    private static PracticeLocation place(PractitionerId who, String postalCode) {
        PracticeLocation paris = Batches.place(who, 1);
        return new PracticeLocation(
                paris.key(),
                paris.structure(),
                null,
                null,
                paris.line(),
                postalCode,
                "VILLE",
                paris.phone(),
                PlaceZones.ofPostalCode(postalCode),
                List.of());
    }
}
