package fr.sas.hub.intake;

import fr.sas.hub.slot.Party;
import fr.sas.hub.slot.PracticeLocation;

/** What a Schedule tells about all of its slots. */
record WhoseAndWhere(Party party, PracticeLocation place) {}
