package fr.sas.hub.slot;

import java.util.List;

/** What one source offers for one subject: the subject's identity, places and slots. No slots means nothing is free. */
public record Offer(NamedSubject party, List<PracticeLocation> places, List<Slot> slots) {
    public Offer {
        places = List.copyOf(places);
        slots = List.copyOf(slots);
    }

    public Offer withoutSlots() {
        return new Offer(party, places, List.of());
    }
}
