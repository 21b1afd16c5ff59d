package fr.sas.hub.delegation;

import fr.sas.hub.access.Wording;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An account manager's decision, as represented on the wire. */
@Schema(name = "DelegationDecision")
record DecisionDocument(
        @Nullable Boolean accepted,

        @Schema(description = "Required for a refusal; shown to the practitioner", maxLength = 500) @Nullable
        String reason) {

    /** Why it is refused; null if it is accepted. */
    @Nullable
    String refusal() {
        TypedText typed = new TypedText();
        boolean refused = Boolean.FALSE.equals(accepted);
        String why = refused ? typed.reason("reason", reason) : null;
        if (accepted == null) {
            typed.fault(
                    "accepted",
                    new Wording("must be true or false", "Indiquez si la demande est acceptée ou refusée."));
        } else if (!refused && reason != null) {
            typed.fault(
                    "reason",
                    new Wording("may be given only for a refusal", "Un motif ne se donne que pour un refus."));
        }
        typed.check();
        return why;
    }
}
