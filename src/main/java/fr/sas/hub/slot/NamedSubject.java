package fr.sas.hub.slot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject with its name: family and given names of a practitioner; for a structure, its name in {@code family} and no
 * given names.
 */
public record NamedSubject(Subject id, @Nullable String family, List<String> given) {
    public NamedSubject {
        given = List.copyOf(given);
    }
}
