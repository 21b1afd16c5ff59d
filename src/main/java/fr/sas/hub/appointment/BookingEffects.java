package fr.sas.hub.appointment;

import fr.sas.hub.access.interaction.FhirRefusal;
import fr.sas.hub.agenda.AgendaBookings;
import fr.sas.hub.appointment.Appointment.Declared;
import fr.sas.hub.appointment.Appointment.SlotDetails;
import fr.sas.hub.appointment.Appointment.Status;
import fr.sas.hub.asking.Roster;
import fr.sas.hub.asking.VendorInquiries;
import fr.sas.hub.index.Availability;
import fr.sas.hub.index.AvailabilityIndex;
import fr.sas.hub.index.BookedSlots;
import fr.sas.hub.index.IndexedBooking;
import fr.sas.hub.index.MergedSlot;
import fr.sas.hub.slot.ConsultationMode;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import fr.sas.hub.vendor.Vendor;
import fr.sas.hub.vendor.Vendors;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * What appointments take and give back (docs/decisions/0018, 0019, 0043). A vendor's appointment is a fact: what it
 * takes is removed, and an unknown slot is recorded all the same; it takes slots of other sources only for subjects the
 * vendor is polled for. A platform's appointment takes a place of an agenda or is refused.
 */
@Component
class BookingEffects {

    private final AvailabilityIndex index;
    private final BookedSlots slots;
    private final AgendaBookings agendas;
    private final SlotOwners owners;
    private final Vendors vendors;
    private final Roster roster;
    private final VendorInquiries inquiries;
    private final Clock clock;

    BookingEffects(
            AvailabilityIndex index,
            BookedSlots slots,
            AgendaBookings agendas,
            SlotOwners owners,
            Vendors vendors,
            Roster roster,
            VendorInquiries inquiries,
            Clock clock) {
        this.index = index;
        this.slots = slots;
        this.agendas = agendas;
        this.owners = owners;
        this.vendors = vendors;
        this.roster = roster;
        this.inquiries = inquiries;
        this.clock = clock;
    }

    /**
     * Gives back what was taken before and takes what is taken now. Vendors' targets are updated before the index is
     * locked: deliveries and refusals also lock targets before the index.
     *
     * @param before null if it is new
     * @return what is known about the slot it takes
     */
    SlotDetails change(@Nullable Appointment before, Appointment after) {
        Declared now = after.said();
        boolean took = before != null && before.said().takesTime();
        if (took == now.takesTime() && (before == null || !took || before.said().isAtTheSameTimeAs(now))) {
            return SlotDetails.NOTHING;
        }
        Set<Subject> all = new LinkedHashSet<>(owners.possible(now));
        if (before != null) {
            all.addAll(owners.possible(before.said()));
        }
        Source vendor = after.owner().vendor();
        boolean takes = now.takesTime() && (vendor == null || now.end().isAfter(clock.instant()));
        Set<Subject> unsure = new LinkedHashSet<>();
        if (before != null
                && took
                && (vendor == null || speaksForSome(vendor, all) || slots.takesFromOthers(after.id()))) {
            unsure.addAll(owners.possible(before.said()));
        }
        if (takes && vendor != null && !owners.isOffered(vendor, now)) {
            unsure.addAll(roster.declaredFor(vendor, Set.of(owners.of(vendor, now))));
        }
        if (!unsure.isEmpty()) {
            roster.askNow(unsure);
        } else if (before != null && took && vendor != null) {
            roster.lookAgain(vendor, owners.possible(before.said()));
        }
        slots.lock(all);
        if (before != null && took) {
            agendas.giveBack(after.id());
            slots.letGo(after.id(), vendor != null && !inquiries.isAsked(vendor));
        }
        if (!takes) {
            return SlotDetails.NOTHING;
        }
        return vendor == null ? takeOfAgenda(after.id(), now) : takeOfVendor(after.id(), vendor, now);
    }

    private boolean speaksForSome(Source vendor, Set<Subject> subjects) {
        return !roster.declaredFor(vendor, subjects).isEmpty();
    }

    /**
     * A vendor may take slots of other sources only where its data about the slot's owner counts: if it is shown and
     * polled for them.
     */
    private boolean takesFromOthers(Source vendor, Subject owner) {
        return vendors.find(vendor).map(Vendor::isShown).orElse(false) && speaksForSome(vendor, Set.of(owner));
    }

    private SlotDetails takeOfVendor(UUID id, Source vendor, Declared said) {
        Subject owner = owners.of(vendor, said);
        BookedSlots.TakenSlots taken = slots.take(new IndexedBooking(
                id,
                owner,
                vendor,
                said.slots().stream().map(SlotNames::of).toList(),
                null,
                said.structure(),
                said.start(),
                said.end(),
                takesFromOthers(vendor, owner)));
        for (BookedSlots.TakenSlot slot : taken.slots()) {
            if (slot.source().isAgenda()) {
                agendas.take(id, owner, slot.slot().reference(), true);
            }
        }
        return new SlotDetails(
                taken.party(),
                taken.place(),
                taken.slots().isEmpty()
                        ? Set.of()
                        : taken.slots().getFirst().slot().modes());
    }

    /** Takes a place of the slot named, else of one that is free then: an equal slot before ranges that contain it. */
    private SlotDetails takeOfAgenda(UUID id, Declared said) {
        Subject owner = owners.of(Source.AGENDA, said);
        Availability about =
                Objects.requireNonNull(index.availabilityOf(List.of(owner)).get(owner));
        boolean mustFit = said.status() == Status.BOOKED;
        MergedSlot slot = said.slots().isEmpty() ? atThatTime(about, said) : named(about, said);
        Optional<String> reference = slot == null ? Optional.empty() : slot.referenceOf(Source.AGENDA);
        if (slot != null && mustFit) {
            checkFits(slot, reference.isPresent(), said);
        }
        AgendaBookings.Answer answer =
                reference.isEmpty() ? AgendaBookings.Answer.GONE : agendas.take(id, owner, reference.get(), !mustFit);
        if (answer != AgendaBookings.Answer.TAKEN || slot == null) {
            if (mustFit) {
                throw taken(said);
            }
            return new SlotDetails(about.party(), null, Set.of());
        }
        if (!slot.slot().isRange()) {
            slots.take(new IndexedBooking(
                    id,
                    owner,
                    Source.AGENDA,
                    List.of(),
                    slot.slot().place(),
                    null,
                    slot.slot().start(),
                    slot.slot().end(),
                    true));
        }
        PracticeLocation place = about.places().get(slot.slot().place());
        Set<ConsultationMode> modes = slot.slot().modes();
        return new SlotDetails(about.party(), place, modes);
    }

    private static void checkFits(MergedSlot slot, boolean ofAgenda, Declared said) {
        if (!ofAgenda) {
            throw new FhirRefusal(
                    422,
                    "business-rule",
                    "This slot belongs to " + slot.source() + ": it is booked there, and " + slot.source()
                            + " declares it; the platform books only what agendas offer",
                    "Appointment.slot[0].reference");
        }
        if (said.start().isBefore(slot.slot().start())
                || said.end().isAfter(slot.slot().end())) {
            throw new FhirRefusal(
                    422,
                    "business-rule",
                    "The appointment must lie within its slot, which is from "
                            + slot.slot().start() + " to " + slot.slot().end(),
                    "Appointment.start");
        }
    }

    private static @Nullable MergedSlot named(Availability about, Declared said) {
        String id = SlotNames.of(said.slots().getFirst());
        return about.slots().stream()
                .filter(slot -> slot.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable MergedSlot atThatTime(Availability about, Declared said) {
        List<MergedSlot> around = new ArrayList<>(about.slots().stream()
                .filter(slot -> slot.referenceOf(Source.AGENDA).isPresent())
                .filter(slot -> isAround(slot.slot(), said) && isThere(about, slot.slot(), said))
                .toList());
        around.sort(Comparator.comparing((MergedSlot slot) -> slot.slot().isRange())
                .thenComparing(slot -> slot.slot().start())
                .thenComparing(MergedSlot::id));
        return around.isEmpty() ? null : around.getFirst();
    }

    /** Whether the slot is a range that contains the appointment; a slot for one patient has the same times. */
    static boolean isAround(Slot slot, Declared said) {
        return slot.isRange()
                ? !said.start().isBefore(slot.start()) && !said.end().isAfter(slot.end())
                : said.start().equals(slot.start()) && said.end().equals(slot.end());
    }

    static boolean isThere(Availability about, Slot slot, Declared said) {
        PracticeLocation place = about.places().get(slot.place());
        return said.structure() == null
                || about.subject() instanceof StructureId
                || place != null && said.structure().equals(place.structure());
    }

    private static FhirRefusal taken(Declared said) {
        return said.slots().isEmpty()
                ? new FhirRefusal(
                        409,
                        "conflict",
                        "No agenda of " + said.with().value()
                                + " offers a free place from start to end (any longer); search again",
                        "Appointment.start")
                : new FhirRefusal(
                        409,
                        "conflict",
                        "Slot " + SlotNames.of(said.slots().getFirst())
                                + " has no free place (any longer), or is past or withdrawn; search again",
                        "Appointment.slot[0].reference");
    }
}
