package fr.sas.hub.help;

/** A file that came with a request, without what is in it. @param size in bytes */
public record HelpAttachment(int position, String name, AttachmentKind kind, long size) {}
