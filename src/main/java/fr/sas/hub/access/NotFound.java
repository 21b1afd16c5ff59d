package fr.sas.hub.access;

/** There is no such thing: 404. */
public class NotFound extends RuntimeException {

    private final Wording what;

    public NotFound(String english, String french) {
        this(new Wording(english, french));
    }

    public NotFound(Wording what) {
        super(what.english());
        this.what = what;
    }

    /** What there is not, for a person. */
    public Wording what() {
        return what;
    }
}
