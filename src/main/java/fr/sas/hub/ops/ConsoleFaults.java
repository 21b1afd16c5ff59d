package fr.sas.hub.ops;

import fr.sas.hub.access.InvalidInput;
import fr.sas.hub.access.NotFound;
import java.util.List;

/** What was wrong with a console user's input, as listed by its pages (template {@code ops/parts}). */
final class ConsoleFaults {

    private ConsoleFaults() {}

    static List<InvalidInput.Fault> of(InvalidInput e) {
        return e.faults();
    }

    static List<InvalidInput.Fault> of(NotFound e) {
        return List.of(new InvalidInput.Fault("", e.what()));
    }
}
