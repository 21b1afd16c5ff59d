package fr.sas.hub.lrm;

import fr.sas.hub.appointment.Appointment;
import fr.sas.hub.appointment.AppointmentChanged;
import fr.sas.hub.appointment.AppointmentOperator;
import fr.sas.hub.appointment.Appointments;
import fr.sas.hub.directory.Directory;
import fr.sas.hub.directory.DirectoryPractitioner;
import fr.sas.hub.directory.Facility;
import fr.sas.hub.regulator.AccountSaved;
import fr.sas.hub.regulator.Regulator;
import fr.sas.hub.regulator.RegulatorAccounts;
import fr.sas.hub.slot.NamedSubject;
import fr.sas.hub.slot.PracticeLocation;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import fr.sas.hub.slot.Subject;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Translates a changed appointment into what is sent to the regulators' software, with names from the directory. */
@Component
class BookingNotifier {

    private static final ZoneId FRANCE = ZoneId.of("Europe/Paris");

    private final RegulatorsSoftware software;
    private final Appointments appointments;
    private final RegulatorAccounts regulators;
    private final Directory directory;
    private final Clock clock;

    BookingNotifier(
            RegulatorsSoftware software,
            Appointments appointments,
            RegulatorAccounts regulators,
            Directory directory,
            Clock clock) {
        this.software = software;
        this.appointments = appointments;
        this.regulators = regulators;
        this.directory = directory;
        this.clock = clock;
    }

    /** Runs inside the transaction that changes the appointment. */
    @EventListener
    void on(AppointmentChanged changed) {
        if (software.isConnected()) {
            software.queueUpdate(booking(changed.after()));
        }
    }

    /**
     * Runs inside the transaction that saves the account: future bookings that could not be sent before are sent now.
     */
    @EventListener
    void on(AccountSaved saved) {
        if (!software.isConnected()) {
            return;
        }
        for (UUID booking : software.listNotSent(saved.regulator().writtenAs())) {
            software.takeTurns(booking);
            appointments
                    .find(booking)
                    .filter(appointment -> appointment.said().start().isAfter(clock.instant()))
                    .ifPresent(appointment -> software.queueUpdate(booking(appointment)));
        }
    }

    private Booking booking(Appointment appointment) {
        Appointment.Declared said = appointment.said();
        PracticeLocation place = appointment.about().place();
        StructureId structure = structure(said, place);
        Optional<Facility> facility = structure == null ? Optional.empty() : directory.facility(structure);
        return new Booking(
                appointment.id(),
                appointment.createdAt(),
                said.start(),
                said.end(),
                place == null ? FRANCE : place.zone(),
                status(said),
                orientation(said.with(), facility.map(Facility::kind).orElse(null)),
                said.with() instanceof PractitionerId id
                        ? practitioner(id, appointment.about().party())
                        : null,
                structure(structure, facility, place, appointment.about().party()),
                said.operator() == null
                        ? null
                        : Regulator.IdentifierSpellings.plain(said.operator().value()),
                regulator(said.operator()));
    }

    private static @Nullable StructureId structure(Appointment.Declared said, @Nullable PracticeLocation place) {
        if (said.with() instanceof StructureId association) {
            return association;
        }
        return said.structure() != null || place == null ? said.structure() : place.structure();
    }

    private static Booking.Status status(Appointment.Declared said) {
        return switch (said.status()) {
            case BOOKED -> said.confirmed() ? Booking.Status.BOOKED : Booking.Status.PENDING;
            case NO_SHOW -> Booking.Status.NOSHOW;
            case FULFILLED -> Booking.Status.FULFILLED;
            case CANCELLED -> Booking.Status.CANCELLED;
        };
    }

    /** By the kind of structure; null when the kind is unknown and there is no practitioner. */
    private static @Nullable OrientationCategory orientation(Subject with, Facility.@Nullable Kind kind) {
        if (kind == null) {
            return with instanceof PractitionerId ? OrientationCategory.PS : null;
        }
        return switch (kind) {
            case PRACTICE -> OrientationCategory.PS;
            case CPTS -> OrientationCategory.CPTS;
            case MSP -> OrientationCategory.MSP;
            case CDS -> OrientationCategory.CDS;
            case SOS -> OrientationCategory.SOS;
        };
    }

    /** The guide requires both names and an RPPS; otherwise the practitioner is omitted. */
    private Booking.@Nullable Practitioner practitioner(PractitionerId id, @Nullable NamedSubject named) {
        Optional<DirectoryPractitioner> known = directory.find(id);
        String family = known.map(DirectoryPractitioner::family).orElse(named == null ? null : named.family());
        String given = known.flatMap(
                        practitioner -> practitioner.given().stream().findFirst())
                .orElse(
                        named == null || named.given().isEmpty()
                                ? null
                                : named.given().getFirst());
        if (family == null || given == null || !id.value().startsWith("8")) {
            return null;
        }
        return new Booking.Practitioner(
                id.value(),
                family,
                given,
                known.flatMap(practitioner ->
                                practitioner.specialties().stream().findFirst())
                        .orElse(null),
                known.map(DirectoryPractitioner::profession).orElse(null));
    }

    /** The guide requires a FINESS or SIRET, and a name. */
    private static Booking.@Nullable Structure structure(
            @Nullable StructureId id,
            Optional<Facility> facility,
            @Nullable PracticeLocation place,
            @Nullable NamedSubject named) {
        if (id == null || !(id.value().startsWith("1") || id.value().startsWith("3"))) {
            return null;
        }
        String ofParty = named != null && named.id() instanceof StructureId ? named.family() : null;
        String ofPlace = place == null ? null : place.name();
        String name = facility.map(Facility::name).orElse(ofParty == null ? ofPlace : ofParty);
        return name == null ? null : new Booking.Structure(id.value(), name);
    }

    private Booking.@Nullable Regulator regulator(@Nullable AppointmentOperator operator) {
        Optional<Regulator> known = operator == null ? Optional.empty() : regulators.find(operator.value());
        return known.map(regulator -> new Booking.Regulator(
                        regulator.nationalId(),
                        regulator.family(),
                        regulator.given(),
                        regulator.email(),
                        regulator.lrm()))
                .orElse(null);
    }
}
