package fr.sas.hub.directory;

/** An extraction tells of structures otherwise than the one before: any name, address or phone may be another one. */
public record FacilitiesChanged() {}
