package fr.sas.hub.help;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder of small text files, read at startup and again when a file changes. Files are independent of each other: one
 * that cannot be read is reported with line and reason, and its last good version remains in use. If the folder cannot
 * be read, nothing changes.
 *
 * @param <T> what a file is read as
 */
class WatchedFolder<T> {

    private static final Logger log = LoggerFactory.getLogger(WatchedFolder.class);
    private static final int LONGEST = 1 << 20;
    private static final long LOOK_EVERY_MILLIS = 1_000;

    /** Reads a file. */
    interface Reading<T> {
        /** @param name of the file, without its extension */
        T read(String name, String text) throws UnreadableFile;
    }

    private record Stamp(
            FileTime changed, long size, @Nullable Object key) {}

    private final Path folder;
    private final String ending;
    private final Reading<T> reading;
    private final Clock clock;
    private final Map<String, Stamp> seen = new HashMap<>();
    private final Map<String, RefusedFile> refused = new TreeMap<>();
    private final Map<String, T> good = new TreeMap<>();
    private boolean readable = true;
    private boolean looked;
    private long lookedAt;

    WatchedFolder(Path folder, String ending, Reading<T> reading, Clock clock) {
        this.folder = folder;
        this.ending = ending;
        this.reading = reading;
        this.clock = clock;
    }

    /** By file name without extension. */
    synchronized Map<String, T> all() {
        refreshIfDue();
        return Map.copyOf(good);
    }

    synchronized List<RefusedFile> refused() {
        refreshIfDue();
        return new ArrayList<>(refused.values());
    }

    /** Whether the folder could be read at the last check. */
    synchronized boolean isReadable() {
        refreshIfDue();
        return readable;
    }

    private void refreshIfDue() {
        long now = clock.millis();
        if (looked && now >= lookedAt && now - lookedAt < LOOK_EVERY_MILLIS) {
            return;
        }
        looked = true;
        lookedAt = now;
        Map<String, Path> files = new TreeMap<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, "[!.]*" + ending)) {
            for (Path file : stream) {
                String name = file.getFileName().toString();
                files.put(name.substring(0, name.length() - ending.length()), file);
            }
        } catch (IOException | DirectoryIteratorException e) {
            if (readable) {
                log.error(
                        "The folder {} cannot be read; what was read before remains in use: {}",
                        folder.toAbsolutePath(),
                        e.toString());
            }
            readable = false;
            return;
        }
        readable = true;
        files.forEach(this::take);
        seen.keySet().retainAll(files.keySet());
        refused.keySet().retainAll(files.keySet());
        good.keySet().retainAll(files.keySet());
    }

    private void take(String name, Path file) {
        try {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            Stamp stamp = new Stamp(found.lastModifiedTime(), found.size(), found.fileKey());
            if (stamp.equals(seen.get(name))) {
                return;
            }
            T read = reading.read(name, text(file));
            good.put(name, read);
            refused.remove(name);
            seen.put(name, stamp);
        } catch (UnreadableFile e) {
            refuse(name, file, e.line(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            refuse(name, file, 1, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    /** Checked again each time, but reported only once. */
    private void refuse(String name, Path file, int line, String reason) {
        RefusedFile why = new RefusedFile(file.toString(), line, reason);
        if (!why.equals(refused.put(name, why))) {
            log.error("File refused: {} line {}: {}", why.file(), why.line(), why.reason());
        }
    }

    private static String text(Path file) throws IOException, UnreadableFile {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LONGEST + 1);
        }
        if (bytes.length > LONGEST) {
            throw new UnreadableFile(1, "is larger than " + LONGEST + " bytes");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new UnreadableFile(1, "is not UTF-8");
        }
    }
}
