package fr.sas.hub.intake;

/** Why an entry is not taken: the rule, where, and a sentence for the vendor's developer. */
record Rejection(String code, String path, String sentence) {}
