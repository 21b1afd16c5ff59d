package fr.sas.hub.push;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How vendors may deliver: {@code hub.push}.
 *
 * @param maxBody largest body of one request, uncompressed
 * @param uploads memory for all bodies being received or processed, uncompressed
 * @param uploadWithin time within which a body must arrive; otherwise it is refused with 408
 * @param maxEntries largest number of entries of one Bundle
 * @param atOnce requests that one node processes at the same time; those of one vendor never overlap
 * @param patience how long other requests wait for their turn before they are refused with 429
 * @param deletedKept how long a deletion is remembered, so that an older message does not restore the resource
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
                    "hub.push.uploads (" + uploads + ") is less than hub.push.max-body (" + maxBody + ")");
        }
    }
}
