package fr.sas.hub.changes;

import fr.sas.hub.search.ServedResource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** How a subject's resources are stored: in a numbered form of its own, so that a release can read what another one wrote. */
final class KnownResourceFormat {

    private static final int FORM = 1;

    private KnownResourceFormat() {}

    /** Null when there are none. */
    static byte @Nullable [] write(List<KnownResource> resources) {
        if (resources.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(FORM);
        try (DataOutputStream out = new DataOutputStream(new DeflaterOutputStream(bytes))) {
            out.writeInt(resources.size());
            for (KnownResource known : resources) {
                ServedResource resource = known.resource();
                out.writeUTF(resource.type());
                out.writeUTF(resource.id());
                out.writeLong(known.position());
                Instant end = resource.end();
                out.writeLong(end == null ? Long.MAX_VALUE : end.toEpochMilli());
                out.writeInt(resource.ageAt());
                out.writeInt(resource.json().length);
                out.write(resource.json());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory never fails", e);
        }
        return bytes.toByteArray();
    }

    static List<KnownResource> read(byte @Nullable [] contents) {
        if (contents == null) {
            return List.of();
        }
        if (contents[0] != FORM) {
            throw new IllegalStateException("Changes were written by a later release, in form number " + contents[0]);
        }
        ByteArrayInputStream bytes = new ByteArrayInputStream(contents, 1, contents.length - 1);
        try (DataInputStream in = new DataInputStream(new InflaterInputStream(bytes))) {
            int count = in.readInt();
            List<KnownResource> resources = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String type = in.readUTF();
                String id = in.readUTF();
                long position = in.readLong();
                long end = in.readLong();
                int ageAt = in.readInt();
                byte[] json = in.readNBytes(in.readInt());
                resources.add(new KnownResource(
                        new ServedResource(
                                type, id, json, ageAt, end == Long.MAX_VALUE ? null : Instant.ofEpochMilli(end)),
                        position));
            }
            return resources;
        } catch (IOException e) {
            throw new UncheckedIOException("Stored changes are damaged", e);
        }
    }
}
