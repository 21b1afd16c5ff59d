package fr.sas.hub.help;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamSource;
import org.springframework.web.multipart.MultipartFile;

/**
 * The files of one request that are accepted, and what is wrong with others (docs/decisions/0060).
 *
 * @param faults each concerns one file, or all of them
 */
record Attachments(List<Attachment> files, List<Refused> faults) {

    static final Attachments NONE = new Attachments(List.of(), List.of());
    static final int MOST = 3;
    static final long LARGEST = 10L << 20;
    private static final int LONGEST_NAME = 120;

    /** @param name without folders, at most 120 characters, including the extension */
    record Attachment(String name, AttachmentKind kind, long size, InputStreamSource content) {}

    /**
     * What is wrong with a file.
     *
     * @param file its name; null if all of them are concerned
     */
    record Refused(Reason reason, @Nullable String file) {}

    /** Why a file is not accepted. */
    enum Reason {
        TOO_MANY,
        TOO_LARGE,
        EMPTY,
        KIND,
        CONTENT
    }

    /** @param sent if no file was chosen, browsers send one without a name */
    static Attachments of(List<MultipartFile> sent) throws IOException {
        List<MultipartFile> chosen = sent.stream()
                .filter(file -> !file.isEmpty() || !nameOf(file).isEmpty())
                .toList();
        if (chosen.size() > MOST) {
            return new Attachments(List.of(), List.of(new Refused(Reason.TOO_MANY, null)));
        }
        List<Attachment> files = new ArrayList<>();
        List<Refused> faults = new ArrayList<>();
        for (MultipartFile file : chosen) {
            String name = nameOf(file);
            AttachmentKind kind = AttachmentKind.of(name).orElse(null);
            Reason reason = reason(file, kind);
            if (kind == null || reason != null) {
                faults.add(new Refused(reason == null ? Reason.KIND : reason, name));
            } else {
                files.add(new Attachment(name, kind, file.getSize(), file));
            }
        }
        return new Attachments(List.copyOf(files), List.copyOf(faults));
    }

    private static @Nullable Reason reason(MultipartFile file, @Nullable AttachmentKind kind) throws IOException {
        if (kind == null) {
            return Reason.KIND;
        }
        if (file.isEmpty()) {
            return Reason.EMPTY;
        }
        if (file.getSize() > LARGEST) {
            return Reason.TOO_LARGE;
        }
        return AttachmentContent.is(kind, file) ? null : Reason.CONTENT;
    }

    /** The part after the last slash or backslash, without invisible characters. */
    static String nameOf(MultipartFile file) {
        String sent = file.getOriginalFilename();
        if (sent == null) {
            return "";
        }
        String name = sent.substring(Math.max(sent.lastIndexOf('/'), sent.lastIndexOf('\\')) + 1)
                .replaceAll("\\p{C}", "")
                .strip();
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        int dot = name.lastIndexOf('.');
        String ending = dot < 0 ? "" : name.substring(dot).toLowerCase(Locale.ROOT);
        return ending.length() > 10
                ? beginning(name, LONGEST_NAME)
                : beginning(name, LONGEST_NAME - ending.length()) + ending;
    }

    /** At most so long, and no half of a surrogate pair at its end. */
    private static String beginning(String name, int longest) {
        return name.substring(0, Character.isHighSurrogate(name.charAt(longest - 1)) ? longest - 1 : longest);
    }
}
