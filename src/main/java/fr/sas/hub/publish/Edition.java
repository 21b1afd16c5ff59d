package fr.sas.hub.publish;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Everything published at one time. It contains every change made before its transactionTime, and may contain changes
 * made while it was being prepared.
 *
 * @param number its transactionTime, in milliseconds since the epoch; later editions have greater ones
 * @param checkedAt when it was last seen to be up to date
 * @param changesPosition from which {@code Slot/$changes} continues after it, as of when it was last seen to be up to date; null if
 *     unknown
 */
record Edition(
        long number,
        Instant madeAt,
        Instant checkedAt,
        @Nullable String changesPosition) {

    Instant transactionTime() {
        return Instant.ofEpochMilli(number);
    }

    /** Of its manifest, which also changes when changes go on from a later position. */
    String etag() {
        return "W/\"" + number + (changesPosition == null ? "" : "-" + changesPosition) + "\"";
    }

    /**
     * One of its files, or only what changed in it.
     *
     * @param changedAt the edition since which it has not changed
     * @param departement its number; empty for places without a postal code
     * @param plain its length in bytes
     * @param deflated the length of its parts, compressed
     */
    record Content(String departement, String type, long changedAt, long lines, long plain, long deflated) {}
}
