package fr.sas.hub.changes;

/** Changes were written: published on the node that did so, after the commit. Other nodes query {@link Changes#last}. */
public record ChangesWritten(long position) {}
