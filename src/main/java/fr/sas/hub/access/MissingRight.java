package fr.sas.hub.access;

/** The acting person may not do this: 403. */
public class MissingRight extends RuntimeException {

    private final String right;

    /** @param right such as {@code settings:write}; @param message whose right it is, for a person */
    public MissingRight(String right, String message) {
        super(message);
        this.right = right;
    }

    public String right() {
        return right;
    }
}
