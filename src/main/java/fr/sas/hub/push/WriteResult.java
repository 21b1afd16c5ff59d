package fr.sas.hub.push;

import fr.sas.hub.access.interaction.FhirRefusal;

/** The result of one write request. */
sealed interface WriteResult {

    record Accepted(WriteOutcome outcome) implements WriteResult {}

    record Refused(FhirRefusal refusal) implements WriteResult {}
}
