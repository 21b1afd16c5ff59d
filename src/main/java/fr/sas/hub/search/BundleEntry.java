package fr.sas.hub.search;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A Bundle entry as it stands in answers, from behind the base address in {@code fullUrl} to its closing brace.
 *
 * @param resourceStart where the resource begins in the piece
 * @param resourceLength and how long it is, for reads by id
 */
record BundleEntry(Piece piece, int resourceStart, int resourceLength) {

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
        return new BundleEntry(new Piece(bytes.toByteArray()), before.length, resource.length);
    }

    byte[] resource() {
        return Arrays.copyOfRange(piece.plain, resourceStart, resourceStart + resourceLength);
    }
}
