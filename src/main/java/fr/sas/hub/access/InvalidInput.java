package fr.sas.hub.access;

import java.util.List;

/** Input that breaks rules; becomes a 422 problem with one entry per fault. Every fault is reported, not only the first. */
public class InvalidInput extends RuntimeException {

    /**
     * @param field JSON path of the faulty field, such as {@code slots[0].end}
     * @param unreadable that nothing could be read at all, or nothing was there: its rule shows how developers write it,
     *     which a form of its own widgets says in its own words
     * @param rule in English it goes on from the field's name, in French it is a sentence of its own
     */
    public record Fault(String field, boolean unreadable, Wording rule) {
        public Fault(String field, Wording rule) {
            this(field, false, rule);
        }

        public Fault(String field, String english, String french) {
            this(field, new Wording(english, french));
        }

        /** Nothing that can be read as what the field is. */
        public static Fault unreadable(String field, String english, String french) {
            return new Fault(field, true, new Wording(english, french));
        }
    }

    private final List<Fault> faults;

    public InvalidInput(List<Fault> faults) {
        super("Invalid input: " + faults);
        this.faults = List.copyOf(faults);
    }

    /** One fault. */
    public InvalidInput(String field, Wording rule) {
        this(List.of(new Fault(field, rule)));
    }

    /** One fault. */
    public InvalidInput(String field, String english, String french) {
        this(field, new Wording(english, french));
    }

    public List<Fault> faults() {
        return faults;
    }
}
