package fr.sas.hub.participation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A health centre's settings as they stand.
 *
 * @param version what a writer has read; 0 for a centre that never set anything
 * @param changedAt null for a centre that never set anything
 */
public record CentreSettingsInForce(
        CentreSettings settings, long version, @Nullable Instant changedAt) {

    static CentreSettingsInForce of(CentreTables.Kept kept) {
        Changed changed = kept.changed();
        return new CentreSettingsInForce(kept.settings(), kept.version(), changed == null ? null : changed.at());
    }
}
