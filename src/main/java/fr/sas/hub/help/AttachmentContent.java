package fr.sas.hub.help;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.apache.tika.Tika;
import org.springframework.core.io.InputStreamSource;

/**
 * Checks whether a file is what its name says, by its first bytes (Apache Tika). Office files come in one of two
 * containers and are identified by the contents of that container.
 */
final class AttachmentContent {

    private static final Tika TIKA = new Tika();

    /** ECMA-376 part 1, 15.2: the type of a document's main part. */
    private static final Map<AttachmentKind, String> MAIN_PARTS = Map.of(
            AttachmentKind.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            AttachmentKind.PPTX, "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml",
            AttachmentKind.POTX, "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml");

    /** MS-XLS 2.1.2 and MS-PPT 2.1.2: the stream that contains a document. */
    private static final Map<AttachmentKind, String> STREAMS =
            Map.of(AttachmentKind.XLS, "Workbook", AttachmentKind.PPT, "PowerPoint Document");

    private static final String TYPES = "[Content_Types].xml";
    private static final int MOST_TYPES = 1 << 20;
    private static final int MOST_UNZIPPED = 64 << 20;

    private AttachmentContent() {}

    static boolean is(AttachmentKind kind, InputStreamSource file) throws IOException {
        String found;
        try (InputStream in = new BufferedInputStream(file.getInputStream())) {
            found = TIKA.detect(in);
        }
        return switch (kind) {
            case PDF, JPEG, PNG -> found.equals(kind.type());
            case XLSX, PPTX, POTX -> isZip(found) && hasMainPart(file, MAIN_PARTS.getOrDefault(kind, TYPES));
            case XLS, PPT ->
                found.equals("application/x-tika-msoffice") && hasStream(file, STREAMS.getOrDefault(kind, TYPES));
        };
    }

    private static boolean isZip(String type) {
        return type.equals("application/zip") || type.equals("application/x-tika-ooxml");
    }

    private static boolean hasMainPart(InputStreamSource file, String type) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(file.getInputStream())) {
            byte[] some = new byte[8192];
            int unzipped = 0;
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(TYPES)) {
                    return new String(zip.readNBytes(MOST_TYPES), StandardCharsets.UTF_8).contains("\"" + type + "\"");
                }
                for (int read = zip.read(some); read >= 0; read = zip.read(some)) {
                    unzipped += read;
                    if (unzipped > MOST_UNZIPPED) {
                        return false;
                    }
                }
            }
            return false;
        } catch (ZipException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean hasStream(InputStreamSource file, String name) throws IOException {
        try (InputStream in = file.getInputStream()) {
            String bytes = new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
            return bytes.contains(new String(name.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
        }
    }
}
