package fr.sas.hub.agenda;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.Wording;

/** A change would leave out patients who are expected: whoever makes it is asked first (docs/decisions/0095). */
public class PatientsLeftOut extends InvalidInput {

    private final int patients;

    PatientsLeftOut(int patients) {
        super("expected", wording(patients));
        this.patients = patients;
    }

    /** How many. */
    public int patients() {
        return patients;
    }

    private static Wording wording(int patients) {
        String english = "must confirm how many expected patients are left out: " + patients;
        return patients == 1
                ? new Wording(
                        english,
                        "1 patient attendu ne pourra plus être reçu comme prévu : prévenez la régulation.",
                        "1 expected patient can no longer be seen as planned: notify the regulators.")
                : new Wording(
                        english,
                        patients + " patients attendus ne pourront plus être reçus comme prévu : prévenez la"
                                + " régulation.",
                        patients + " expected patients can no longer be seen as planned: notify the regulators.");
    }
}
