package fr.sas.hub.index;

import fr.sas.hub.slot.Subject;

/** A slot by its source's own name for it. */
public record SlotName(Subject subject, String reference) {}
