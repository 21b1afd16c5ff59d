package fr.sas.hub.index.freshness;

import fr.sas.hub.slot.Source;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a source is trusted at an instant: by today's rules ({@link SourceFreshnessPolicy}) or by those of the past.
 */
public interface SourceTrust {

    SourceFreshness of(Source source, @Nullable Instant confirmedAt, Instant now);

    /** From when on data received at that instant no longer counts. */
    Instant hiddenFrom(Instant heardAt);
}
