package fr.sas.hub.push;

import fr.sas.hub.access.FhirRefusal;

/** How one thing a vendor asked for ended. */
sealed interface Result {

    record Taken(WriteOutcome done) implements Result {}

    record Refused(FhirRefusal refusal) implements Result {}
}
