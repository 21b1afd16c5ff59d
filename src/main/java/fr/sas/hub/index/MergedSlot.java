package fr.sas.hub.index;

import fr.sas.hub.slot.Slot;
import fr.sas.hub.slot.Source;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A slot as shown: once, however many sources offer it (docs/decisions/0002).
 *
 * @param id stable as long as subject, place, start and end are the same; opaque, URL-safe
 * @param slot the leading source's slot, with the audiences, modes and communities of all
 * @param source the leading one: bookable before not bookable, then by name, the agenda last
 * @param others the other sources of the same slot, in the same order
 * @param changedAt the last change by any source
 * @param verified whether a source confirmed it recently
 */
public record MergedSlot(String id, Slot slot, Source source, List<Other> others, Instant changedAt, boolean verified) {

    /** @param reference that source's own name for it */
    public record Other(Source source, @Nullable URI bookingPage, String reference) {}

    public MergedSlot {
        others = List.copyOf(others);
    }

    /** This source's name for it; empty if it does not offer it. */
    public Optional<String> referenceOf(Source offering) {
        return source.equals(offering)
                ? Optional.of(slot.reference())
                : others.stream()
                        .filter(other -> other.source().equals(offering))
                        .map(Other::reference)
                        .findFirst();
    }
}
