package fr.sas.hub.agenda;

import fr.sas.hub.slot.Subject;

/** What is said of a place of this subject changed; published inside the transaction that records it. */
public record PlaceNoticesChanged(Subject subject) {}
