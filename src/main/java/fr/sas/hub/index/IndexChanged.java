package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.Set;

/** Told on every node, after the commit, whatever node did it. */
public sealed interface IndexChanged {

    /** What is known about these subjects is no longer what it was. */
    record Changed(Set<Subject> subjects) implements IndexChanged {}

    /** A source said the same again, at this instant, about these subjects. */
    record Confirmed(Source source, Instant at, Set<Subject> subjects) implements IndexChanged {}

    /** Too much changed to name it, or some changes may have been missed. */
    record Everything() implements IndexChanged {}
}
