package fr.sas.hub.publish;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.sas.hub.access.interaction.FhirFile;
import fr.sas.hub.fhir.FhirMediaTypes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;

/**
 * The manifest of an edition, in the form of SMART Scheduling Links and of Bulk Data. Instants are in UTC because readers
 * return them in {@code _since}, where a {@code +} would have to be encoded.
 */
final class ManifestFile implements FhirFile {

    static final String NAME = "$bulk-publish";
    static final String SINCE = "since";
    static final String DELETED = "deleted";
    static final String NDJSON = ".ndjson";
    /** Stands in addresses for places without a postal code. */
    static final String NOWHERE = "none";

    /** Resources come before those that refer to them. */
    private static final List<String> ORDER = List.of(
            "Organization", "HealthcareService", "Location", "Practitioner", "PractitionerRole", "Schedule", "Slot");

    private final Edition edition;
    private final byte[] json;

    private ManifestFile(Edition edition, ObjectNode manifest) {
        this.edition = edition;
        this.json = manifest.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param base base URL of the addresses, as the caller sees it */
    static ManifestFile ofAll(Edition edition, List<Edition.Content> files, String base) {
        ObjectNode manifest = begin(edition, base + "/" + NAME);
        ArrayNode output = manifest.putArray("output");
        sorted(files).forEach(file -> add(output, file, base + "/" + NAME + "/" + file.changedAt()));
        manifest.putArray("error");
        return new ManifestFile(edition, extended(manifest, edition));
    }

    /**
     * @param since the edition after which the reader wants to know what changed
     * @param asked the time of that edition, as the reader gave it
     */
    static ManifestFile ofChanges(
            Edition edition, Edition since, String asked, List<Edition.Content> changes, String base) {
        ObjectNode manifest =
                begin(edition, base + "/" + NAME + "?_since=" + URLEncoder.encode(asked, StandardCharsets.UTF_8));
        ArrayNode output = manifest.putArray("output");
        ArrayNode deleted = manifest.putArray("deleted");
        if (since.number() < edition.number()) {
            String folder = base + "/" + NAME + "/" + edition.number() + "/" + SINCE + "/" + since.number();
            sorted(changes).forEach(file -> add(output, file, folder));
            deleted.addObject().put("type", "Bundle").put("url", folder + "/" + DELETED + NDJSON);
        }
        manifest.putArray("error");
        return new ManifestFile(edition, extended(manifest, edition));
    }

    private static ObjectNode begin(Edition edition, String request) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("transactionTime", written(edition.transactionTime()))
                .put("request", request)
                .put("requiresAccessToken", true);
    }

    private static ObjectNode extended(ObjectNode manifest, Edition edition) {
        String position = edition.changesPosition();
        if (position != null) {
            manifest.putObject("extension").put("changesPosition", position);
        }
        return manifest;
    }

    private static List<Edition.Content> sorted(List<Edition.Content> files) {
        return files.stream()
                .sorted(Comparator.comparingInt((Edition.Content file) -> ORDER.indexOf(file.type()))
                        .thenComparing(Edition.Content::departement))
                .toList();
    }

    private static void add(ArrayNode output, Edition.Content file, String folder) {
        String departement = file.departement().isEmpty() ? NOWHERE : file.departement();
        ObjectNode one = output.addObject()
                .put("type", file.type())
                .put("url", folder + "/" + departement + "/" + file.type() + NDJSON)
                .put("count", file.lines());
        if (!file.departement().isEmpty()) {
            one.putObject("extension").putArray("state").add(file.departement());
        }
    }

    private static String written(Instant instant) {
        String text = instant.toString();
        return instant.truncatedTo(ChronoUnit.SECONDS).equals(instant) ? text.replace("Z", ".000Z") : text;
    }

    @Override
    public String contentType() {
        return FhirMediaTypes.inUtf8(MediaType.APPLICATION_JSON_VALUE);
    }

    @Override
    public Instant modifiedAt() {
        return edition.madeAt();
    }

    @Override
    public long length(boolean gzip) {
        return gzip ? zipped().length : json.length;
    }

    @Override
    public void writeTo(OutputStream out, boolean gzip) throws IOException {
        out.write(gzip ? zipped() : json);
    }

    private byte[] zipped() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length / 4 + 64);
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
