package fr.sas.hub.appointment;

import org.jspecify.annotations.Nullable;

/**
 * An appointment was declared, or changed; published inside the transaction that records it. Replays and declarations that
 * come too late change nothing and are not told.
 *
 * @param before null when the hub had not heard of it; its first status may be any, also {@code CANCELLED}
 * @param by the client who declared it
 */
public record AppointmentChanged(@Nullable Appointment before, Appointment after, String by) {}
