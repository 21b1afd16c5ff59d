package fr.sas.hub.vendor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of descriptors, {@code <id>.yaml}: files are independent of each other, whatever one contains or is. */
class DescriptorFolder {

    private static final Logger log = LoggerFactory.getLogger(DescriptorFolder.class);
    private static final String ENDING = ".yaml";
    private static final String OTHER_ENDING = ".yml";
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Path folder;
    private volatile boolean readable = true;

    DescriptorFolder(Path folder) {
        this.folder = folder;
    }

    /** Whether the folder was readable at the last check. */
    boolean isReadable() {
        return readable;
    }

    Path fileOf(String id) {
        return folder.resolve(id.endsWith(OTHER_ENDING) ? id : id + ENDING);
    }

    /** Whether this can be a vendor's id; the folder may contain other names. */
    static boolean isId(String name) {
        return ID.matcher(name).matches();
    }

    /**
     * By name without extension, files with another extension by their whole name; null when the folder cannot be read. Hidden
     * files belong to editors and are ignored.
     */
    @Nullable
    Map<String, DescriptorFile> scan() {
        Map<String, DescriptorFile> files = new TreeMap<>();
        try (DirectoryStream<Path> stream =
                Files.newDirectoryStream(folder, "[!.]*{" + ENDING + "," + OTHER_ENDING + "}")) {
            for (Path file : stream) {
                String name = file.getFileName().toString();
                if (name.endsWith(OTHER_ENDING)) {
                    files.put(name, new DescriptorFile.Unreadable(1, "the file's name must end in .yaml, not .yml"));
                    continue;
                }
                String id = name.substring(0, name.length() - ENDING.length());
                DescriptorFile found = isId(id)
                        ? read(file)
                        : new DescriptorFile.Unreadable(
                                1, "the file's name is not a vendor id: lower-case letters, digits and hyphens");
                if (found != null) {
                    files.put(id, found);
                }
            }
            readable = true;
            return files;
        } catch (IOException | DirectoryIteratorException e) {
            if (readable) {
                log.error(
                        "The folder of descriptors {} cannot be read; nothing is changed: {}",
                        folder.toAbsolutePath(),
                        e.toString());
                readable = false;
            }
            return null;
        }
    }

    /** Null when it disappeared while the folder was being listed. */
    private static @Nullable DescriptorFile read(Path file) {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        if (!Files.isRegularFile(file)) {
            return new DescriptorFile.Unreadable(1, "is not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new DescriptorFile.Text(
                    DescriptorReader.text(in.readNBytes(DescriptorReader.LONGEST_DESCRIPTOR + 1)));
        } catch (DescriptorReader.Refused e) {
            return new DescriptorFile.Unreadable(e.line(), String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            return new DescriptorFile.Unreadable(
                    1, "cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
