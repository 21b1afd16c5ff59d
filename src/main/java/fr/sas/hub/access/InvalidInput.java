package fr.sas.hub.access;

import java.util.List;

/** Invalid input; becomes a 422 problem with one entry per fault. Every fault is reported, not only the first. */
public class InvalidInput extends RuntimeException {

    /**
     * @param field JSON path of the faulty field, such as {@code slots[0].end}
     * @param unreadable whether the value was unreadable or missing: the rule then shows the syntax for developers, and
     *     a form with its own widgets uses its own words instead
     * @param rule in English it continues from the field's name, in French it is a complete sentence
     */
    public record Fault(String field, boolean unreadable, Wording rule) {
        public Fault(String field, Wording rule) {
            this(field, false, rule);
        }

        public Fault(String field, String english, String french) {
            this(field, new Wording(english, french));
        }

        public Fault(String field, String english, String french, String plainEnglish) {
            this(field, new Wording(english, french, plainEnglish));
        }

        /** The value cannot be read as the field's type. */
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

    /** One fault. */
    public InvalidInput(String field, String english, String french, String plainEnglish) {
        this(field, new Wording(english, french, plainEnglish));
    }

    public List<Fault> faults() {
        return faults;
    }
}
