package fr.sas.hub.help;

/** A file attached to a request, without its content. @param size in bytes */
public record HelpAttachment(int position, String name, AttachmentKind kind, long size) {}
