package fr.sas.hub.push;

import fr.sas.hub.access.interaction.FhirRefusal;

/** The result of one write request. */
sealed interface Result {

    record Taken(WriteOutcome done) implements Result {}

    record Refused(FhirRefusal refusal) implements Result {}
}
