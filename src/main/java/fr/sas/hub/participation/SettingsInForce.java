package fr.sas.hub.participation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A practitioner's settings as they stand.
 *
 * @param version what a writer has read; 0 for who never set anything
 * @param changedAt null for who never set anything
 */
public record SettingsInForce(
        Settings settings, long version, @Nullable Instant changedAt) {

    static SettingsInForce of(SettingsTables.Kept kept) {
        Changed changed = kept.changed();
        return new SettingsInForce(kept.settings(), kept.version(), changed == null ? null : changed.at());
    }
}
