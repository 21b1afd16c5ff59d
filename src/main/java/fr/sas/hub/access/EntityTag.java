package fr.sas.hub.access;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The version of an editable resource, as carried by {@code ETag} and {@code If-Match} (RFC 9110 §8.8.3). */
public record EntityTag(long version) {

    /**
     * The version that a writer has read; null when the writer does not care ({@code *} or no header). An unknown tag
     * gives a version that never exists, so that the write is refused as stale.
     */
    public static @Nullable Long expectedBy(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.equals("*")) {
            return null;
        }
        try {
            return Long.valueOf(ifMatch.strip().replace("W/", "").replace("\"", ""));
        } catch (NumberFormatException e) {
            return -1L;
        }
    }

    /** As {@link #expectedBy}, for a header that may list several tags: any of them may match. */
    public static @Nullable Set<Long> anyOf(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return null;
        }
        Set<Long> versions = new HashSet<>();
        for (String tag : ifMatch.split(",")) {
            Long version = expectedBy(tag.strip());
            if (version != null) {
                versions.add(version);
            }
        }
        return versions;
    }

    /**
     * @param expected as read by {@link #expectedBy}
     * @throws StaleWrite when the current version is not the expected one
     */
    public static void check(@Nullable Long expected, long current) {
        if (expected != null && expected != current) {
            throw new StaleWrite(current);
        }
    }

    /**
     * @param expected as read by {@link #anyOf}
     * @throws StaleWrite when the current version is not among those expected
     */
    public static void check(@Nullable Set<Long> expected, long current) {
        if (expected != null && !expected.contains(current)) {
            throw new StaleWrite(current);
        }
    }

    @Override
    public String toString() {
        return "\"" + version + "\"";
    }
}
