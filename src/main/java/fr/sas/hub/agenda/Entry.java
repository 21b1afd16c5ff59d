package fr.sas.hub.agenda;

import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.UUID;

/** A kept entry of somebody's agenda. {@code version} counts its changes, from 1. */
record Entry(UUID id, Subject subject, Draft typed, long version, Stamp created, Stamp changed) {

    record Stamp(Instant at, String by) {}
}
