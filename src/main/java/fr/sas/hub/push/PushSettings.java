package fr.sas.hub.push;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How vendors may deliver.
 *
 * @param maxBody of one request, unzipped
 * @param uploads memory for all bodies that are on their way or worked on, unzipped
 * @param uploadWithin a body has arrived, or is refused with 408
 * @param maxEntries of one Bundle
 * @param atOnce requests worked on at the same time by one node; a vendor's own wait for each other anyway
 * @param patience how long others wait for their turn before they are sent away with 429
 * @param deletedKept how long it is remembered that a resource was deleted, so that an older word does not bring it back
 * @param pastKept how long past slots are kept
 */
@ConfigurationProperties("hub.push")
record PushSettings(
        @DefaultValue("32MB") DataSize maxBody,
        @DefaultValue("128MB") DataSize uploads,
        @DefaultValue("60s") Duration uploadWithin,
        @DefaultValue("20000") int maxEntries,
        @DefaultValue("4") int atOnce,
        @DefaultValue("5s") Duration patience,
        @DefaultValue("30d") Duration deletedKept,
        @DefaultValue("1d") Duration pastKept) {
    PushSettings {
        if (uploads.compareTo(maxBody) < 0) {
            throw new IllegalArgumentException(
                    "hub.push.uploads (" + uploads + ") holds no body of hub.push.max-body (" + maxBody + ")");
        }
    }
}
