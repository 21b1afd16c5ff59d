package fr.sas.hub.access;

/** The If-Match of a write does not match the current version: 412, nothing was changed. */
public class StaleWrite extends RuntimeException {

    private final Wording what;

    public StaleWrite(long current) {
        this(new Wording(
                "The resource is now at version " + current + "; read it again before changing it",
                "Quelqu'un l'a modifiée entre-temps ; relisez-la avant de la modifier."));
    }

    private StaleWrite(Wording what) {
        super(what.english());
        this.what = what;
    }

    Wording what() {
        return what;
    }
}
