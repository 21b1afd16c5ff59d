package fr.sas.hub.push;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a published file, in UTF-8. A byte order mark is skipped, and a byte that is not UTF-8 is read as what
 * it most often is: a Latin-1 character in a name.
 */
final class PublishedLines implements AutoCloseable {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final BufferedReader bytes;
    private int number;

    private PublishedLines(BufferedReader bytes) {
        this.bytes = bytes;
    }

    static PublishedLines of(Path file) throws IOException {
        return new PublishedLines(Files.newBufferedReader(file, StandardCharsets.ISO_8859_1));
    }

    /** The next line that is not blank; null after the last one. */
    @Nullable
    String next() throws IOException {
        for (String line = bytes.readLine(); line != null; line = bytes.readLine()) {
            number++;
            String text = decoded(line.getBytes(StandardCharsets.ISO_8859_1));
            if (number == 1 && !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                text = text.substring(1);
            }
            if (!text.isBlank()) {
                return text;
            }
        }
        return null;
    }

    /** The number of the line that {@link #next} returned; the first is 1. */
    int number() {
        return number;
    }

    static String decoded(byte[] line) {
        CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(line);
        CharBuffer out = CharBuffer.allocate(line.length);
        CoderResult result = utf8.decode(in, out, true);
        while (result.isError()) {
            out.put((char) (in.get() & 0xFF));
            result = utf8.reset().decode(in, out, true);
        }
        return out.flip().toString();
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
