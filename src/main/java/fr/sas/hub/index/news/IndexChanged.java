package fr.sas.hub.index.news;

import fr.sas.hub.slot.Source;
import fr.sas.hub.slot.Subject;
import java.time.Instant;
import java.util.Set;

/** Published on every node after the commit, whichever node made the change. */
public sealed interface IndexChanged {

    /** What is known about these subjects has changed. */
    record Changed(Set<Subject> subjects) implements IndexChanged {}

    /** A source confirmed its data about these subjects as of this instant. */
    record Confirmed(Source source, Instant at, Set<Subject> subjects) implements IndexChanged {}

    /** Too much changed to list, or some changes may have been missed. */
    record Everything() implements IndexChanged {}
}
