package fr.sas.hub.help;

/** A file that was refused. {@code line} counts from 1. */
record RefusedFile(String file, int line, String reason) {}
