package fr.sas.hub.changes;

import java.util.List;

/** What follows a position. */
public sealed interface ChangesSince {

    /**
     * Changes in order, each subject once and completely; may be empty.
     *
     * @param next the position to continue from
     */
    record Page(List<ChangedSubject> subjects, Position next) implements ChangesSince {}

    /** The hub does not know what followed: removals since then have been forgotten, or it never issued this position. */
    record Unknown() implements ChangesSince {}
}
