package fr.sas.hub.access;

/** There is no such thing: 404. */
public class NotFound extends RuntimeException {
    public NotFound(String what) {
        super(what);
    }
}
