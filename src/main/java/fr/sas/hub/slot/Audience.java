package fr.sas.hub.slot;

/** Who may be referred to a slot: NOS code list TRE_R314-TypeCreneau. */
public enum Audience {
    PUBLIC("PUBLIC"),
    PROFESSIONALS("PRO"),
    /** Regulators and organisers of unscheduled care (SNP). */
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
