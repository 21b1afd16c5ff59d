package fr.sas.hub.ops;

/**
 * @param key of its title in {@code messages.properties}
 * @param tone good, quiet, warn or bad
 * @param figure the value shown most prominently
 * @param detail key of the sentence below it, which may take {@code arguments}
 */
record Tile(String key, String tone, String figure, String detail, Object... arguments) {}
