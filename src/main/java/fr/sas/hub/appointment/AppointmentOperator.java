package fr.sas.hub.appointment;

import org.jspecify.annotations.Nullable;

/**
 * The regulator on whose behalf it was booked, by the identifier as sent.
 *
 * @param system {@code urn:oid:1.2.250.1.213.3.6} with a UUID, or a national system
 * @param type {@code INTRN} or {@code IDNPS}; null if not given
 */
public record AppointmentOperator(
        String system, String value, @Nullable String type) {}
