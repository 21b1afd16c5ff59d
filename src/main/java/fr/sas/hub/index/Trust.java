package fr.sas.hub.index;

import fr.sas.hub.slot.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a source's word is trusted at an instant: by today's rules ({@link Standings}), or by those of the past. */
interface Trust {

    Standing of(Source source, @Nullable Instant confirmedAt, Instant now);
}
