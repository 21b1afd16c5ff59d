package fr.sas.hub.appointment;

import fr.sas.hub.appointment.Appointment.Declared;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Whose slot an appointment takes. Usually the practitioner's; but a doctor of a health centre or an association may
 * see the patient in one of the structure's slots.
 */
@Component
class SlotOwners {

    private final AvailabilityIndex index;
    private final Directory directory;

    SlotOwners(AvailabilityIndex index, Directory directory) {
        this.index = index;
        this.directory = directory;
    }

    /** Every subject whose slot it may be; the one the appointment is with comes first. */
    Set<Subject> possible(Declared said) {
        Set<Subject> possible = new LinkedHashSet<>();
        possible.add(said.with());
        for (String slot : said.slots()) {
            SlotNames.structure(SlotNames.of(slot)).ifPresent(possible::add);
        }
        if (said.structure() != null && said.structure().mayOwnSlots()) {
            possible.add(storedSubject(said.structure()));
        }
        return possible;
    }

    /** The subject for whom this source offers the slot meant; the one the appointment is with if there is none. */
    Subject of(Source source, Declared said) {
        Set<Subject> possible = possible(said);
        Subject first = possible.iterator().next();
        if (possible.size() == 1) {
            return first;
        }
        List<String> names = said.slots().stream().map(SlotNames::of).toList();
        Map<Subject, Availability> about = index.availabilityOf(possible);
        return possible.stream()
                .filter(one -> Objects.requireNonNull(about.get(one)).slots().stream()
                        .anyMatch(slot -> isMeant(slot, source, names, said)))
                .findFirst()
                .orElse(first);
    }

    /** Whether this source offers exactly what is taken, as far as can be determined here. */
    boolean isOffered(Source source, Declared said) {
        List<String> names = said.slots().stream().map(SlotNames::of).toList();
        return index.availabilityOf(possible(said)).values().stream()
                .anyMatch(about -> about.slots().stream()
                        .anyMatch(slot -> !slot.slot().isRange()
                                && slot.referenceOf(source).isPresent()
                                && isMeant(slot, source, names, said)
                                && BookingEffects.isAround(slot.slot(), said)
                                && BookingEffects.isThere(about, slot.slot(), said)));
    }

    private static boolean isMeant(MergedSlot slot, Source source, Collection<String> names, Declared said) {
        if (names.isEmpty()) {
            return slot.referenceOf(source).isPresent() && BookingEffects.isAround(slot.slot(), said);
        }
        return names.contains(slot.id())
                || slot.referenceOf(source).filter(names::contains).isPresent();
    }

    /** A structure has several ids; its slots are stored under one of them. */
    Subject storedSubject(Subject subject) {
        return subject instanceof StructureId id
                ? directory.facility(id).map(Facility::id).orElse(id)
                : subject;
    }
}
