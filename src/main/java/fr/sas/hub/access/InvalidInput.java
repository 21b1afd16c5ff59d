package fr.sas.hub.access;

import java.util.List;

/** Input that breaks rules; becomes a 422 problem with one entry per fault. Every fault is reported, not only the first. */
public class InvalidInput extends RuntimeException {

    /**
     * @param field JSON path of the faulty field, such as {@code slots[0].end}
     * @param rule goes on from the field's name
     */
    public record Fault(String field, Wording rule) {
        public Fault(String field, String english, String french) {
            this(field, new Wording(english, french));
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
