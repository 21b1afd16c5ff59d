package fr.sas.hub.directory;

import fr.sas.hub.slot.StorableText;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/**
 * Keeps single lines from harming the whole file: a line is cut after {@value #LONGEST} characters and marked with
 * {@link #CUT}, so that memory stays bounded; NUL, which the database refuses, is replaced by the replacement
 * character; other characters not allowed in text become spaces.
 */
final class LineGuard extends FilterReader {

    static final int LONGEST = 65_536;
    static final char BROKEN = '\uFFFD';
    /** A private-use character that does not occur in the extraction. */
    static final char CUT = '\uF8FE';

    private int length;

    LineGuard(Reader in) {
        super(in);
    }

    @Override
    public int read(char[] buffer, int offset, int wanted) throws IOException {
        while (true) {
            int read = super.read(buffer, offset, wanted);
            if (read <= 0) {
                return read;
            }
            int kept = offset;
            for (int i = offset; i < offset + read; i++) {
                char c = buffer[i];
                if (c == '\n' || c == '\r') {
                    length = 0;
                } else if (length++ >= LONGEST) {
                    if (length > LONGEST + 1) {
                        length = LONGEST + 1;
                        continue;
                    }
                    c = CUT;
                } else if (c == 0) {
                    c = BROKEN;
                } else if (!Character.isSurrogate(c) && !StorableText.isStorable(c)) {
                    c = ' ';
                }
                buffer[kept++] = c;
            }
            if (kept > offset) {
                return kept - offset;
            }
        }
    }

    @Override
    public int read() throws IOException {
        char[] one = new char[1];
        return read(one, 0, 1) < 0 ? -1 : one[0];
    }
}
