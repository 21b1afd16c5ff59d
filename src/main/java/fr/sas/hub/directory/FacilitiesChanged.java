package fr.sas.hub.directory;

/** An extraction differs from the previous one in its structures: any name, address or phone may have changed. */
public record FacilitiesChanged() {}
