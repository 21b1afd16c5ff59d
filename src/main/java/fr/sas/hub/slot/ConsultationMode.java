package fr.sas.hub.slot;

/** How the patient is seen: HL7 v3 ActCode. */
public enum ConsultationMode {
    AT_PRACTICE("AMB"),
    AT_HOME("HH"),
    REMOTE("VR");

    private final String code;

    ConsultationMode(String code) {
        this.code = code;
    }

    /** The code on the wire. */
    public String code() {
        return code;
    }
}
