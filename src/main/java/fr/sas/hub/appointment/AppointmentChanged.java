package fr.sas.hub.appointment;

import org.jspecify.annotations.Nullable;

/**
 * An appointment was declared or changed; published within the transaction that records it. Replays and overtaken
 * declarations change nothing and are not published.
 *
 * @param before null if the hub had not known it; its first status may be any, even {@code CANCELLED}
 * @param by the client that declared it
 */
public record AppointmentChanged(@Nullable Appointment before, Appointment after, String by) {}
