package fr.sas.hub.directory;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.sas.hub.slot.PractitionerId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one file after its header.
 *
 * @param file its name in the archive; null when there is no archive
 * @param width the number of named columns: the header may or may not end with a pipe
 */
record ExtractionLines(
        Iterator<CsvRecord> each,
        @Nullable String file,
        Map<ExtractionColumn, Integer> columns,
        int width,
        ExtractionReader.Sink sink) {

    private static final int MOST_OF_A_LINE = 200;
    /**
     * The file has no quoting: a quotation mark is an ordinary character, and {@link LineGuard} lets no NUL through.
     */
    private static final char NO_QUOTES = '\u0000';

    /** Must not be closed: the archive's stream continues with the next file. */
    static ExtractionLines of(
            InputStream in, @Nullable String file, Set<ExtractionColumn> required, ExtractionReader.Sink sink)
            throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in, ExtractionReader.BUFFER);
        Charset charset = charset(bytes);
        Iterator<CsvRecord> each = CsvReader.builder()
                .fieldSeparator('|')
                .quoteCharacter(NO_QUOTES)
                .skipEmptyLines(true)
                .ignoreDifferentFieldCount(true)
                .ofCsvRecord(new LineGuard(new InputStreamReader(bytes, charset)))
                .iterator();
        if (!each.hasNext()) {
            throw new BadExtraction("The file is empty");
        }
        CsvRecord header = each.next();
        int width = header.getFieldCount();
        boolean endsWithAPipe = header.getFields().getLast().isBlank();
        return new ExtractionLines(each, file, columnsOf(header, required), endsWithAPipe ? width - 1 : width, sink);
    }

    /** The next well-formed line, skipping malformed ones. Null at the end. */
    @Nullable
    Fields next() {
        while (each.hasNext()) {
            CsvRecord line = each.next();
            SkippedLine.Rule shape = wrongShape(line.getFields(), width);
            if (shape == null) {
                return new Fields(line, columns);
            }
            skip(line, shape);
        }
        return null;
    }

    /** Null when the line was skipped. */
    @Nullable
    PractitionerId practitioner(Fields fields) {
        String nationalId = fields.text(ExtractionColumn.NATIONAL_ID);
        if (nationalId == null) {
            skip(fields.line, SkippedLine.Rule.NO_PRACTITIONER_ID);
            return null;
        }
        PractitionerId practitioner = PractitionerId.parse(nationalId).orElse(null);
        if (practitioner == null) {
            skip(fields.line, SkippedLine.Rule.BAD_PRACTITIONER_ID);
        }
        return practitioner;
    }

    void skip(CsvRecord line, SkippedLine.Rule rule) {
        String text = String.join("|", line.getFields());
        sink.skipped(new SkippedLine(
                file,
                line.getStartingLineNumber(),
                rule,
                rule.sentence,
                text.length() <= MOST_OF_A_LINE ? text : text.substring(0, MOST_OF_A_LINE - 1) + "…"));
    }

    /** Determined from the header row, which contains accents; a byte order mark is skipped. */
    private static Charset charset(BufferedInputStream bytes) throws IOException {
        bytes.mark(1 << 16);
        byte[] beginning = bytes.readNBytes(1 << 14);
        bytes.reset();
        if (beginning.length >= 3 && (beginning[0] & 0xff) == 0xef && (beginning[1] & 0xff) == 0xbb) {
            bytes.skipNBytes(3);
            return StandardCharsets.UTF_8;
        }
        int end = 0;
        while (end < beginning.length && beginning[end] != '\n') {
            end++;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(beginning, 0, end));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return Charset.forName("windows-1252");
        }
    }

    private static Map<ExtractionColumn, Integer> columnsOf(CsvRecord header, Set<ExtractionColumn> required) {
        Map<ExtractionColumn, Integer> columns = new EnumMap<>(ExtractionColumn.class);
        List<String> missing = new ArrayList<>();
        for (ExtractionColumn column : ExtractionColumn.values()) {
            int at = position(header.getFields(), column.header);
            if (at >= 0) {
                columns.put(column, at);
            } else if (required.contains(column)) {
                missing.add(column.header);
            }
        }
        if (!missing.isEmpty()) {
            throw new BadExtraction("The header row lacks these columns: " + String.join(", ", missing));
        }
        return columns;
    }

    private static int position(List<String> header, String name) {
        for (int i = 0; i < header.size(); i++) {
            if (header.get(i).strip().replace('’', '\'').equalsIgnoreCase(name)) {
                return i;
            }
        }
        return -1;
    }

    /** The trailing pipe may be missing, a column may not; null when the line is as wide as the header. */
    private static SkippedLine.@Nullable Rule wrongShape(List<String> fields, int width) {
        String last = fields.getLast();
        if (last.indexOf(LineGuard.CUT) >= 0) {
            return SkippedLine.Rule.TOO_LONG;
        }
        if (fields.size() < width) {
            return SkippedLine.Rule.TOO_FEW_COLUMNS;
        }
        boolean endsWithAPipe = fields.size() == width + 1 && last.isBlank();
        if (fields.size() > width && !endsWithAPipe) {
            return SkippedLine.Rule.TOO_MANY_COLUMNS;
        }
        boolean broken = fields.stream().anyMatch(field -> field.indexOf(LineGuard.BROKEN) >= 0);
        return broken ? SkippedLine.Rule.BROKEN_CHARACTERS : null;
    }

    /** A line's fields by column; placeholders for missing values become null. */
    record Fields(CsvRecord line, Map<ExtractionColumn, Integer> columns) {
        @Nullable
        String text(ExtractionColumn column) {
            Integer at = columns.get(column);
            if (at == null || at >= line.getFieldCount()) {
                return null;
            }
            String text = Objects.requireNonNull(line.getField(at)).strip();
            boolean nothing = text.isEmpty() || text.equalsIgnoreCase("null") || text.equalsIgnoreCase("unknown");
            return nothing ? null : text;
        }
    }
}
