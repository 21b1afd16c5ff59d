package fr.sas.hub.appointment;

import fr.sas.hub.slot.Offer;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.SlotBatch;
import fr.sas.hub.slot.Subject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a source said, said otherwise. */
final class AlteredBatch {

    private AlteredBatch() {}

    static SlotBatch with(SlotBatch batch, Function<List<Slot>, Stream<Slot>> change) {
        Map<Subject, Offer> offers = new HashMap<>();
        batch.offers()
                .forEach((subject, offer) -> offers.put(
                        subject,
                        new Offer(
                                offer.party(),
                                offer.places(),
                                change.apply(offer.slots()).toList())));
        return new SlotBatch(batch.source(), batch.asked(), batch.window(), batch.fetchedAt(), batch.answer(), offers);
    }

    static SlotBatch at(PracticeLocation place, SlotBatch batch) {
        Map<Subject, Offer> offers = new HashMap<>();
        with(batch, slots -> slots.stream().map(slot -> changed(slot, place.key(), slot.reference(), true)))
                .offers()
                .forEach((subject, offer) ->
                        offers.put(subject, new Offer(offer.party(), List.of(place), offer.slots())));
        return new SlotBatch(batch.source(), batch.asked(), batch.window(), batch.fetchedAt(), batch.answer(), offers);
    }

    static Slot named(Slot slot, String reference) {
        return changed(slot, slot.place(), reference, true);
    }

    static Slot notBookable(Slot slot) {
        return changed(slot, slot.place(), slot.reference(), false);
    }

    private static Slot changed(Slot slot, String place, String reference, boolean bookable) {
        return new Slot(
                slot.subject(),
                place,
                slot.start(),
                slot.end(),
                slot.audiences(),
                slot.modes(),
                slot.reasons(),
                slot.specialties(),
                slot.appointmentType(),
                bookable ? slot.bookingPage() : null,
                slot.communities(),
                slot.capacity(),
                reference);
    }
}
