package fr.sas.hub.participation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner's present settings.
 *
 * @param version as read by a writer; 0 if none have ever been saved
 * @param changedAt null if none have ever been saved
 */
public record SettingsInForce(
        Settings settings, long version, @Nullable Instant changedAt) {

    static SettingsInForce of(SettingsTables.StoredSettings kept) {
        SettingsChange changed = kept.changed();
        return new SettingsInForce(kept.settings(), kept.version(), changed == null ? null : changed.at());
    }
}
