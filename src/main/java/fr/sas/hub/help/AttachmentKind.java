package fr.sas.hub.help;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What may be attached to a request (docs/decisions/0060). */
public enum AttachmentKind {
    PDF("application/pdf", "pdf"),
    JPEG("image/jpeg", "jpeg", "jpg"),
    PNG("image/png", "png"),
    XLS("application/vnd.ms-excel", "xls"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    PPT("application/vnd.ms-powerpoint", "ppt"),
    PPTX("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    POTX("application/vnd.openxmlformats-officedocument.presentationml.template", "potx");

    private final String type;
    private final List<String> endings;

    AttachmentKind(String type, String... endings) {
        this.type = type;
        this.endings = List.of(endings);
    }

    static Optional<AttachmentKind> of(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(kind -> kind.endings.stream().anyMatch(ending -> name.endsWith("." + ending)))
                .findFirst();
    }

    /** For the form: the file name extensions that a file dialog offers. */
    static String accepted() {
        return String.join(
                ",",
                Arrays.stream(values())
                        .flatMap(kind -> kind.endings.stream())
                        .map(ending -> "." + ending)
                        .toList());
    }

    /** Its media type. */
    public String type() {
        return type;
    }
}
