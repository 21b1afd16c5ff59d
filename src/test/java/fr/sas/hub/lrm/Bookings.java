package fr.sas.hub.lrm;

import java.time.Instant;
import java.time.ZoneId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Bookings for tests: the guide's own example, until told otherwise. */
record Bookings(UUID id, Booking.Status status, Instant start, Booking.@Nullable Regulator regulator) {

    static final Booking.Regulator PAULINE =
            new Booking.Regulator("3620100057/70326SR", "RICART", "Pauline", "pauline.ricart@ghsas.example", null);

    static Bookings aBooking() {
        return aBooking(UUID.randomUUID());
    }

    static Bookings aBooking(UUID id) {
        return new Bookings(id, Booking.Status.BOOKED, Instant.parse("2025-06-17T12:00:00Z"), PAULINE);
    }

    Bookings now(Booking.Status status) {
        return new Bookings(id, status, start, regulator);
    }

    Bookings from(Instant start) {
        return new Bookings(id, status, start, regulator);
    }

    Bookings by(Booking.@Nullable Regulator regulator) {
        return new Bookings(id, status, start, regulator);
    }

    Booking booking() {
        return new Booking(
                id,
                Instant.parse("2025-06-17T08:15:00Z"),
                start,
                start.plusSeconds(1_200),
                ZoneId.of("Europe/Paris"),
                status,
                OrientationCategory.PS,
                new Booking.Practitioner("810005681340", "MOREL", "Didier", "SM54", "10"),
                null,
                regulator == null ? null : regulator.nationalId(),
                regulator);
    }
}
