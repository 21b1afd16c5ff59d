package fr.sas.hub.help;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.MediaType;

/** The file types of training documents: none that a browser would execute. */
enum TrainingFileType {
    /** Shown and downloaded as a page. */
    MARKDOWN("md", MediaType.TEXT_HTML_VALUE + ";charset=UTF-8", true),
    PDF("pdf", MediaType.APPLICATION_PDF_VALUE, true),
    MP4("mp4", "video/mp4", true),
    WEBM("webm", "video/webm", true),
    PNG("png", MediaType.IMAGE_PNG_VALUE, true),
    JPEG("jpeg", MediaType.IMAGE_JPEG_VALUE, true),
    JPG("jpg", MediaType.IMAGE_JPEG_VALUE, true),
    PPTX("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", false),
    XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false),
    DOCX("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", false);

    private final String ending;
    private final String type;
    private final boolean shown;

    TrainingFileType(String ending, String type, boolean shown) {
        this.ending = ending;
        this.type = type;
        this.shown = shown;
    }

    static Optional<TrainingFileType> of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(each -> name.endsWith("." + each.ending))
                .findFirst();
    }

    /** The file name extension, without the dot. */
    String ending() {
        return ending;
    }

    MediaType type() {
        return MediaType.parseMediaType(type);
    }

    /** Whether browsers can show it; otherwise it is downloaded. */
    boolean isShown() {
        return shown;
    }

    public boolean isVideo() {
        return this == MP4 || this == WEBM;
    }

    /** As shown next to a link. */
    public String label() {
        return this == MARKDOWN ? "HTML" : ending.toUpperCase(Locale.ROOT);
    }
}
