package fr.sas.hub.space;

/**
 * What regulators are told of a place. Texts are empty where there is nothing.
 *
 * @param phone in +33 form
 * @param through name and phone of the structure that is called instead
 */
record RegulationPlace(
        String phone, String information, boolean participates, String through, boolean emergencyReorientation) {}
