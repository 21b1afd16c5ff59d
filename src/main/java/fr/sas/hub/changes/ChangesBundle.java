package fr.sas.hub.changes;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import fr.sas.hub.fhir.FhirInstants;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A page of changes as a Bundle of type {@code history}, with a PUT or a DELETE for each resource (R4, bdl-3 and bdl-4). */
final class ChangesBundle {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final @Nullable String base;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
    private boolean any;

    private ChangesBundle(@Nullable String base) {
        this.base = base == null ? null : escaped(base);
    }

    /**
     * @param self URL of this page
     * @param next URL of the next page
     */
    static byte[] write(String base, Instant now, String self, String next, List<ChangedSubject> subjects) {
        ChangesBundle bundle = new ChangesBundle(base);
        bundle.begin(now);
        bundle.text(",\"link\":[{\"relation\":\"self\",\"url\":\"" + escaped(self)
                + "\"},{\"relation\":\"next\",\"url\":\"" + escaped(next) + "\"}]");
        return bundle.end(subjects);
    }

    /**
     * Without a way to the next page: one follows by itself.
     *
     * @param base null when the hub's address is not known: entries have no {@code fullUrl} then
     */
    static byte[] write(@Nullable String base, Instant now, List<ChangedSubject> subjects) {
        ChangesBundle bundle = new ChangesBundle(base);
        bundle.begin(now);
        return bundle.end(subjects);
    }

    private byte[] end(List<ChangedSubject> subjects) {
        subjects.forEach(this::put);
        text(any ? "]}" : "}");
        return out.toByteArray();
    }

    private void begin(Instant now) {
        text("{\"resourceType\":\"Bundle\",\"id\":\"" + UUID.randomUUID() + "\",\"meta\":{\"lastUpdated\":\""
                + FhirInstants.write(now, PARIS)
                + "\"},\"type\":\"history\"");
    }

    private void put(ChangedSubject subject) {
        String at = FhirInstants.write(subject.at(), PARIS);
        subject.gone().forEach(gone -> entry(gone.reference(), null, "DELETE", "204", at));
        subject.changed()
                .forEach(known ->
                        entry(known.resource().reference(), known.resource().json(), "PUT", "200", at));
    }

    private void entry(String reference, byte @Nullable [] resource, String method, String status, String at) {
        text((any ? "," : ",\"entry\":[") + "{"
                + (base == null ? "" : "\"fullUrl\":\"" + base + "/" + reference + "\","));
        any = true;
        if (resource != null) {
            text("\"resource\":");
            out.writeBytes(resource);
            text(",");
        }
        text("\"request\":{\"method\":\"" + method + "\",\"url\":\"" + reference + "\"},\"response\":{\"status\":\""
                + status + "\",\"lastModified\":\"" + at + "\"}}");
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String escaped(String text) {
        return new String(JsonStringEncoder.getInstance().quoteAsString(text));
    }
}
