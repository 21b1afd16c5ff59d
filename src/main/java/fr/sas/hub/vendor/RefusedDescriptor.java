package fr.sas.hub.vendor;

/** A descriptor that was not taken, with its file, the line and the reason. */
public record RefusedDescriptor(String file, int line, String reason) {}
