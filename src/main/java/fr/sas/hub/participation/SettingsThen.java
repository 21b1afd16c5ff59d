package fr.sas.hub.participation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Settings at an instant. {@code since}: when they were set; null for the defaults, and when that is not known. */
public record SettingsThen(Settings settings, @Nullable Instant since) {

    public static final SettingsThen DEFAULT = new SettingsThen(Settings.DEFAULT, null);
}
