package fr.sas.hub.access;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The version of something that can be edited, as {@code ETag} and {@code If-Match} carry it (RFC 9110 §8.8.3). */
public record EntityTag(long version) {

    /**
     * The version a writer has read; null when the writer does not care ({@code *} or no header). A tag that is not ours
     * is a version nobody has, so that the write is refused as stale.
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

    /** As {@link #expectedBy} of a header that may list several: any of them is as good. */
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
     * @param expected as {@link #expectedBy} read it
     * @throws StaleWrite when another version is in force than the one expected
     */
    public static void check(@Nullable Long expected, long current) {
        if (expected != null && expected != current) {
            throw new StaleWrite(current);
        }
    }

    /**
     * @param expected as {@link #anyOf} read it
     * @throws StaleWrite when another version is in force than one of those expected
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
