package fr.sas.hub.access;

/** The If-Match of a write is not the version in force: 412, nothing was changed. */
public class StaleWrite extends RuntimeException {
    public StaleWrite(long current) {
        super("The resource has version " + current + " now; read it again before changing it");
    }
}
