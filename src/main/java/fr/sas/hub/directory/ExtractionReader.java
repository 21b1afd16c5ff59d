package fr.sas.hub.directory;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
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
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the national extraction (DOMAIN §9) line by line: columns by name in any order, UTF-8 or Windows-1252, plain,
 * gzipped, or in the archive it is published in. Never more than a line is held.
 */
final class ExtractionReader {

    private static final int MOST_OF_A_LINE = 200;
    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;
    private static final int ZIP = 'P' << 8 | 'K';
    private static final String MEMBER = "PS_LibreAcces_Personne_activite";
    /** The file has no quoting: a quotation mark is a character like any other, and {@link LineGuard} lets no NUL pass. */
    private static final char NO_QUOTES = '\u0000';

    /** What the hub reads of the file's 50 columns. */
    private enum Column {
        NATIONAL_ID("Identification nationale PP", true),
        FAMILY("Nom d'exercice", true),
        GIVEN("Prénom d'exercice", true),
        PROFESSION("Code profession", true),
        SPECIALTY("Code savoir-faire", true),
        SIRET("Numéro SIRET site", true),
        FINESS("Numéro FINESS site", true),
        TECHNICAL_ID("Identifiant technique de la structure", true),
        FORMER_ID("Ancien identifiant de la structure", false),
        NAME("Raison sociale site", true),
        NUMBER("Numéro Voie (coord. structure)", true),
        STREET_KIND("Libellé type de voie (coord. structure)", true),
        STREET("Libellé Voie (coord. structure)", true),
        POSTAL_CODE("Code postal (coord. structure)", true),
        CITY("Libellé commune (coord. structure)", true),
        PHONE("Téléphone (coord. structure)", true);

        private final String header;
        private final boolean required;

        Column(String header, boolean required) {
            this.header = header;
            this.required = required;
        }
    }

    /** Takes what is read; may throw when it cannot go on. */
    interface Sink {
        void read(ExtractionLine line) throws IOException;

        void skipped(SkippedLine line);
    }

    private ExtractionReader() {}

    /**
     * @throws BadExtraction when it is no such file at all: empty, or a required column is missing
     * @throws IOException when it cannot be read to its end
     */
    static void read(InputStream file, Sink sink) throws IOException {
        BufferedInputStream bytes = unpacked(file);
        Charset charset = charset(bytes);
        try (CsvReader<CsvRecord> lines = CsvReader.builder()
                .fieldSeparator('|')
                .quoteCharacter(NO_QUOTES)
                .skipEmptyLines(true)
                .ignoreDifferentFieldCount(true)
                .ofCsvRecord(new LineGuard(new InputStreamReader(bytes, charset)))) {
            Iterator<CsvRecord> each = lines.iterator();
            if (!each.hasNext()) {
                throw new BadExtraction("The file is empty");
            }
            CsvRecord header = each.next();
            Map<Column, Integer> columns = columns(header);
            while (each.hasNext()) {
                readLine(each.next(), width(header), columns, sink);
            }
        }
    }

    private static BufferedInputStream unpacked(InputStream file) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(file, BUFFER);
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return switch (magic) {
            case GZIP -> new BufferedInputStream(new GZIPInputStream(bytes, BUFFER), BUFFER);
            case ZIP -> new BufferedInputStream(member(new ZipInputStream(bytes)), BUFFER);
            default -> bytes;
        };
    }

    /** The published archive holds other files as well. */
    private static InputStream member(ZipInputStream archive) throws IOException {
        for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            if (entry.getName().contains(MEMBER)) {
                return archive;
            }
        }
        throw new BadExtraction("The archive has no file named " + MEMBER + "…");
    }

    /** By the header row, which has accents; a byte order mark is taken away. */
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

    private static Map<Column, Integer> columns(CsvRecord header) {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        List<String> missing = new ArrayList<>();
        for (Column column : Column.values()) {
            int at = position(header.getFields(), column.header);
            if (at >= 0) {
                columns.put(column, at);
            } else if (column.required) {
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

    /** The columns with a name: the header may end with a pipe or not. */
    private static int width(CsvRecord header) {
        int width = header.getFieldCount();
        return header.getFields().getLast().isBlank() ? width - 1 : width;
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

    private static void readLine(CsvRecord line, int width, Map<Column, Integer> columns, Sink sink)
            throws IOException {
        SkippedLine.Rule shape = wrongShape(line.getFields(), width);
        if (shape != null) {
            sink.skipped(skipped(line, shape));
            return;
        }
        Fields fields = new Fields(line, columns);
        String nationalId = fields.text(Column.NATIONAL_ID);
        if (nationalId == null) {
            sink.skipped(skipped(line, SkippedLine.Rule.NO_PRACTITIONER_ID));
            return;
        }
        PractitionerId practitioner = PractitionerId.parse(nationalId).orElse(null);
        if (practitioner == null) {
            sink.skipped(skipped(line, SkippedLine.Rule.BAD_PRACTITIONER_ID));
            return;
        }
        String family = fields.text(Column.FAMILY);
        if (family == null) {
            sink.skipped(skipped(line, SkippedLine.Rule.NO_NAME));
            return;
        }
        sink.read(extractionLine(fields, practitioner, family));
    }

    private static ExtractionLine extractionLine(Fields fields, PractitionerId practitioner, String family) {
        String street = street(fields);
        String postalCode = fields.text(Column.POSTAL_CODE);
        String city = fields.text(Column.CITY);
        String rawPhone = fields.text(Column.PHONE);
        String phone =
                Phones.normalise(rawPhone, PlaceZones.ofPostalCode(postalCode)).orElse(null);
        return new ExtractionLine(
                practitioner,
                family,
                fields.text(Column.GIVEN),
                fields.text(Column.PROFESSION),
                fields.text(Column.SPECIALTY),
                structures(fields),
                PlaceKeys.ofAddress(street, postalCode, city),
                fields.text(Column.NAME),
                street,
                postalCode,
                city,
                phone,
                rawPhone != null && phone == null);
    }

    private static List<StructureId> structures(Fields fields) {
        List<StructureId> structures = new ArrayList<>(4);
        addNumber(structures, "1", fields.text(Column.FINESS));
        addNumber(structures, "3", fields.text(Column.SIRET));
        StructureId.parseNational(fields.text(Column.FORMER_ID)).ifPresent(structures::add);
        StructureId.parseNational(fields.text(Column.TECHNICAL_ID)).ifPresent(structures::add);
        return structures.stream().sorted().distinct().toList();
    }

    private static void addNumber(List<StructureId> structures, String prefix, @Nullable String number) {
        if (number != null) {
            StructureId.parseNational(prefix + number).ifPresent(structures::add);
        }
    }

    private static @Nullable String street(Fields fields) {
        StringBuilder street = new StringBuilder();
        for (Column part : List.of(Column.NUMBER, Column.STREET_KIND, Column.STREET)) {
            String text = fields.text(part);
            if (text != null) {
                street.append(street.isEmpty() ? "" : " ").append(text);
            }
        }
        return street.isEmpty() ? null : street.toString();
    }

    private static SkippedLine skipped(CsvRecord line, SkippedLine.Rule rule) {
        String text = String.join("|", line.getFields());
        return new SkippedLine(
                line.getStartingLineNumber(),
                rule,
                rule.sentence,
                text.length() <= MOST_OF_A_LINE ? text : text.substring(0, MOST_OF_A_LINE - 1) + "…");
    }

    /** A line's fields by column; what stands for nothing is null. */
    private record Fields(CsvRecord line, Map<Column, Integer> columns) {
        @Nullable
        String text(Column column) {
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
