package fr.sas.hub.delegation;

import fr.sas.hub.access.Wording;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What an account manager decides, as it is written on the wire. */
@Schema(name = "DelegationDecision")
record DecisionDocument(
        @Nullable Boolean accepted,

        @Schema(description = "Of a refusal, which needs one: the practitioner reads it", maxLength = 500) @Nullable
        String reason) {

    /** Why it is refused; null when it is accepted. */
    @Nullable
    String refusal() {
        TypedText typed = new TypedText();
        boolean refused = Boolean.FALSE.equals(accepted);
        String why = refused ? typed.reason("reason", reason) : null;
        if (accepted == null) {
            typed.fault("accepted", new Wording("is true or false", "Indiquez si la demande est acceptée ou refusée."));
        } else if (!refused && reason != null) {
            typed.fault("reason", new Wording("is said of a refusal only", "Un motif ne se donne que pour un refus."));
        }
        typed.check();
        return why;
    }
}
