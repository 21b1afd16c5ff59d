package fr.sas.hub.slot;

/** Who may be oriented to a slot: NOS code list TRE_R314-TypeCreneau. */
public enum Audience {
    PUBLIC("PUBLIC"),
    PROFESSIONALS("PRO"),
    /** Regulators and unscheduled-care organisers (SNP). */
    UNSCHEDULED_CARE("SNP"),
    /** Community structures (CPTS). */
    COMMUNITY("CPTS");

    private final String code;

    Audience(String code) {
        this.code = code;
    }

    /** The code on the wire. */
    public String code() {
        return code;
    }
}
