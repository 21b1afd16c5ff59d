package fr.sas.hub.participation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A health centre's present settings.
 *
 * @param version as read by a writer; 0 for a centre that has never saved any
 * @param changedAt null for a centre that has never saved any
 */
public record CentreSettingsInForce(
        CentreSettings settings, long version, @Nullable Instant changedAt) {

    static CentreSettingsInForce of(CentreTables.StoredCentreSettings kept) {
        SettingsChange changed = kept.changed();
        return new CentreSettingsInForce(kept.settings(), kept.version(), changed == null ? null : changed.at());
    }
}
