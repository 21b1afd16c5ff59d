package fr.sas.hub.participation;

import fr.sas.hub.slot.PractitionerId;

/** Settings changed; published within the transaction that records them, so that listeners are part of it. */
public record ParticipationChanged(PractitionerId practitioner, Settings before, Settings after) {}
