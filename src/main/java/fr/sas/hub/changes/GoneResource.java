package fr.sas.hub.changes;

/** A resource that searches no longer show, and the position at which it disappeared. */
public record GoneResource(String type, String id, long position) {

    /** Relative, such as {@code Slot/1}. */
    public String reference() {
        return type + "/" + id;
    }
}
