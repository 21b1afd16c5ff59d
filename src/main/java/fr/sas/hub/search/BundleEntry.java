package fr.sas.hub.search;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Bundle entry as written in answers, from just after the base URL in {@code fullUrl} to its closing brace.
 *
 * @param resourceStart offset of the resource in the piece
 * @param resourceLength its length, for reads by id
 */
record BundleEntry(CompressedPiece piece, int resourceStart, int resourceLength) {

    static BundleEntry matched(String type, String id, byte[] resource) {
        return of(type, id, resource, "match");
    }

    static BundleEntry included(String type, String id, byte[] resource) {
        return of(type, id, resource, "include");
    }

    private static BundleEntry of(String type, String id, byte[] resource, String mode) {
        byte[] before = (type + "/" + id + "\",\"resource\":").getBytes(StandardCharsets.UTF_8);
        byte[] after = (",\"search\":{\"mode\":\"" + mode + "\"}}").getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(before.length + resource.length + after.length);
        bytes.writeBytes(before);
        bytes.writeBytes(resource);
        bytes.writeBytes(after);
        return new BundleEntry(new CompressedPiece(bytes.toByteArray()), before.length, resource.length);
    }

    byte[] resource() {
        return Arrays.copyOfRange(piece.plain, resourceStart, resourceStart + resourceLength);
    }
}
