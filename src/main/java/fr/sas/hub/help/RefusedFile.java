package fr.sas.hub.help;

/** A file that is not taken. {@code line} counts from 1. */
record RefusedFile(String file, int line, String reason) {}
