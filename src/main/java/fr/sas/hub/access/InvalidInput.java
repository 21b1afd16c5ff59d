package fr.sas.hub.access;

import java.util.List;

/** Input that breaks rules; becomes a 422 problem with one entry per fault. Every fault is reported, not only the first. */
public class InvalidInput extends RuntimeException {

    /** @param field JSON path of the faulty field, such as {@code slots[0].end}; @param message the rule, for a person */
    public record Fault(String field, String message) {}

    private final List<Fault> faults;

    public InvalidInput(List<Fault> faults) {
        super("Invalid input: " + faults);
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }
}
