package fr.sas.hub.agenda;

import fr.sas.hub.agenda.entry.EntryDocument;
import fr.sas.hub.directory.DirectoryPlace;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.Specialty;
import fr.sas.hub.slot.StructureId;
import java.util.List;

/**
 * The owner of an agenda, as listed in the directory: a practitioner with places of practice, or a health centre, which
 * is itself its only place.
 */
public record AgendaOwner(NamedSubject party, List<Specialty> specialties, List<DirectoryPlace> places) {

    static AgendaOwner of(DirectoryPractitioner practitioner) {
        return new AgendaOwner(
                practitioner.party(),
                practitioner.specialties().stream()
                        .map(code -> new Specialty(null, code, null))
                        .toList(),
                practitioner.places());
    }

    static AgendaOwner of(Facility centre) {
        return new AgendaOwner(centre.party(), List.of(), List.of(centre.asPlace()));
    }

    private boolean isCentre() {
        return party.id() instanceof StructureId;
    }

    /** Slots cannot be shown without an address, and its postal code determines the time zone. */
    boolean lacksItsAddress() {
        return isCentre()
                && places.stream()
                        .anyMatch(place -> place.line() == null || place.postalCode() == null || place.city() == null);
    }

    /** Fills in the place of a centre's entry, where it may be left out. */
    EntryDocument placed(EntryDocument document) {
        return isCentre() && document.place() == null
                ? document.at(places.getFirst().id())
                : document;
    }
}
