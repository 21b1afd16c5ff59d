package fr.sas.hub.access.interaction;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * A body other than a single FHIR resource, written while it is read and never held as a whole. Its {@code ETag} must be
 * weak, because it is the same for the compressed form.
 */
public interface FhirFile {

    String contentType();

    /** With the precision of a second, as in HTTP. */
    Instant modifiedAt();

    /** @return length in bytes; negative when it is not known in advance */
    long length(boolean gzip);

    /** @throws IOException when it cannot be completed: the connection is then closed, so that nobody takes it for complete */
    void writeTo(OutputStream out, boolean gzip) throws IOException;
}
