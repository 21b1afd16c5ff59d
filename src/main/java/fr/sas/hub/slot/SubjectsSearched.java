package fr.sas.hub.slot;

import java.time.Instant;
import java.util.List;

/** Somebody looked for slots of these subjects: they are in demand. Published by search, heard by connector. */
public record SubjectsSearched(List<Subject> subjects, Instant at) {
    public SubjectsSearched {
        subjects = List.copyOf(subjects);
    }
}
