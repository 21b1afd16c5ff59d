package fr.sas.hub.slot;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A subject by name: family and given names of a practitioner, or the name of a structure in {@code family} and no given
 * name.
 */
public record Party(Subject id, @Nullable String family, List<String> given) {
    public Party {
        given = List.copyOf(given);
    }
}
