package fr.sas.hub.vendor;

/** A refused descriptor, with its file, the line and the reason. */
public record RefusedDescriptor(String file, int line, String reason) {}
