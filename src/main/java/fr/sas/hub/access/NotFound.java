package fr.sas.hub.access;

/** Not found: 404. */
public class NotFound extends RuntimeException {

    private final Wording what;

    public NotFound(String english, String french) {
        this(new Wording(english, french));
    }

    public NotFound(Wording what) {
        super(what.english());
        this.what = what;
    }

    /** What was not found, for a person. */
    public Wording what() {
        return what;
    }
}
