package fr.sas.hub.access;

/** The acting person lacks the right to do this: 403. */
public class MissingRight extends RuntimeException {

    private final String right;
    private final Wording what;

    /**
     * @param right such as {@code settings:write}
     * @param what who has the right
     */
    public MissingRight(String right, Wording what) {
        super(what.english());
        this.right = right;
        this.what = what;
    }

    /** For somebody who has the right, but not for the person they named: 404 there. */
    public static final class Elsewhere extends MissingRight {
        public Elsewhere(String right, Wording what) {
            super(right, what);
        }
    }

    String right() {
        return right;
    }

    Wording what() {
        return what;
    }
}
