package fr.sas.hub.help;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Small files of every kind that may be attached, and of some that may not. */
final class SomeFiles {

    private static final String OFFICE = "application/vnd.openxmlformats-officedocument.";

    private SomeFiles() {}

    /** Whose name and content agree. */
    static byte[] of(String ending) {
        return switch (ending) {
            case "pdf" -> "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF".getBytes(StandardCharsets.US_ASCII);
            case "png" -> picture("png");
            case "jpeg", "jpg" -> picture("jpg");
            case "xlsx" -> office(OFFICE + "spreadsheetml.sheet.main+xml");
            case "pptx" -> office(OFFICE + "presentationml.presentation.main+xml");
            case "potx" -> office(OFFICE + "presentationml.template.main+xml");
            case "xls" -> compound("Workbook");
            case "ppt" -> compound("PowerPoint Document");
            case "docx" -> office(OFFICE + "wordprocessingml.document.main+xml");
            case "xlsm" -> office("application/vnd.ms-excel.sheet.macroEnabled.main+xml");
            case "zip" -> zip("a.txt", "text");
            case "exe" -> "MZ\u0090\u0000".getBytes(StandardCharsets.ISO_8859_1);
            case "html" -> "<!doctype html><script>alert(1)</script>".getBytes(StandardCharsets.US_ASCII);
            case "svg" -> "<svg xmlns=\"http://www.w3.org/2000/svg\"/>".getBytes(StandardCharsets.US_ASCII);
            case "txt" -> "A text.".getBytes(StandardCharsets.US_ASCII);
            default -> throw new IllegalArgumentException(ending);
        };
    }

    private static byte[] picture(String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] office(String mainPart) {
        return zip(
                "[Content_Types].xml",
                "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/main.xml\""
                        + " ContentType=\"" + mainPart + "\"/></Types>");
    }

    private static byte[] zip(String name, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The header of MS-CFB, and a directory entry. */
    private static byte[] compound(String stream) {
        byte[] bytes = new byte[2048];
        byte[] magic = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, (byte) 0xA1, (byte) 0xB1, 0x1A, (byte) 0xE1};
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        byte[] name = stream.getBytes(StandardCharsets.UTF_16LE);
        System.arraycopy(name, 0, bytes, 1024, name.length);
        return bytes;
    }

    /** A picture that is as long as one wants. */
    static byte[] png(int length) {
        return Arrays.copyOf(of("png"), length);
    }
}
