package fr.sas.hub.slot;

import java.time.Instant;
import java.util.List;

/** A search was made for these subjects, so they are in demand. Published by search, consumed by asking. */
public record SubjectsSearched(List<Subject> subjects, Instant at) {
    public SubjectsSearched {
        subjects = List.copyOf(subjects);
    }
}
