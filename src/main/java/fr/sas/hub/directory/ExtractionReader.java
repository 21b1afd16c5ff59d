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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the national extraction (DOMAIN §9) line by line: columns by name in any order, UTF-8 or Windows-1252, plain,
 * gzipped, or in the archive as published. Never holds more than one line.
 */
final class ExtractionReader {

    private static final int MOST_OF_A_LINE = 200;
    private static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;
    private static final int ZIP = 'P' << 8 | 'K';
    /**
     * What the names of an archive's files have in common, letters only: publisher and mirrors spell them differently.
     */
    private static final String ACTIVITIES = "personneactivite";

    private static final String SPECIALTIES = "savoirfaire";
    /**
     * The file has no quoting: a quotation mark is an ordinary character, and {@link LineGuard} lets no NUL through.
     */
    private static final char NO_QUOTES = '\u0000';

    /** The columns that the hub reads, of the file's 50. */
    private enum Column {
        NATIONAL_ID("Identification nationale PP", true),
        FAMILY("Nom d'exercice", true),
        GIVEN("Prénom d'exercice", true),
        PROFESSION("Code profession", true),
        SPECIALTY("Code savoir-faire", false),
        SIRET("Numéro SIRET site", true),
        FINESS("Numéro FINESS site", true),
        TECHNICAL_ID("Identifiant technique de la structure", true),
        FORMER_ID("Ancien identifiant de la structure", false),
        NAME("Raison sociale site", true),
        NUMBER("Numéro Voie (coord. structure)", true),
        REPETITION("Indice répétition voie (coord. structure)", false),
        STREET_KIND("Libellé type de voie (coord. structure)", true),
        STREET("Libellé Voie (coord. structure)", true),
        DISTRIBUTION("Mention distribution (coord. structure)", false),
        POST_OFFICE("Bureau cedex (coord. structure)", false),
        POSTAL_CODE("Code postal (coord. structure)", true),
        CITY("Libellé commune (coord. structure)", true),
        PHONE("Téléphone (coord. structure)", true),
        OTHER_PHONE("Téléphone 2 (coord. structure)", false),
        SECTOR("Code secteur d'activité", false);

        static final Set<Column> REQUIRED =
                Stream.of(values()).filter(column -> column.required).collect(Collectors.toUnmodifiableSet());

        private final String header;
        private final boolean required;

        Column(String header, boolean required) {
            this.header = header;
            this.required = required;
        }
    }

    /** Receives what is read; may throw to abort. */
    interface Sink {
        void read(ExtractionLine line) throws IOException;

        /** A specialty of a practitioner whose activities are on other lines, earlier or later. */
        void specialty(PractitionerId practitioner, String code) throws IOException;

        void skipped(SkippedLine line);
    }

    private ExtractionReader() {}

    /**
     * @throws BadExtraction when it is not such a file: empty, or without a required column
     * @throws IOException when it cannot be read to its end
     */
    static void read(InputStream file, Sink sink) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(file, BUFFER);
        switch (magic(bytes)) {
            case GZIP -> {
                try (InputStream unzipped = new GZIPInputStream(bytes, BUFFER)) {
                    requireSpecialties(readActivities(unzipped, null, sink));
                }
            }
            case ZIP -> {
                try (ZipInputStream archive = new ZipInputStream(bytes)) {
                    readArchive(archive, sink);
                }
            }
            default -> requireSpecialties(readActivities(bytes, null, sink));
        }
    }

    private static int magic(BufferedInputStream bytes) throws IOException {
        bytes.mark(2);
        int magic = bytes.read() << 8 | bytes.read();
        bytes.reset();
        return magic;
    }

    /** The published archive contains other files too, in any order. */
    private static void readArchive(ZipInputStream archive, Sink sink) throws IOException {
        boolean activities = false;
        boolean specialties = false;
        for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
            String name = lettersOf(entry);
            if (name.contains(ACTIVITIES)) {
                activities = true;
                specialties |= readActivities(archive, entry.getName(), sink);
            } else if (name.contains(SPECIALTIES)) {
                specialties = true;
                readSpecialties(archive, entry.getName(), sink);
            }
        }
        if (!activities) {
            throw new BadExtraction("The archive has no file named PS_LibreAcces_Personne_activite…");
        }
        requireSpecialties(specialties);
    }

    /** Of the file's base name, in lower case; empty for the metadata files that some systems add. */
    private static String lettersOf(ZipEntry entry) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        StringBuilder letters = new StringBuilder(name.length());
        name.chars().filter(Character::isLetter).map(Character::toLowerCase).forEach(letters::appendCodePoint);
        return name.startsWith(".") ? "" : letters.toString();
    }

    private static void requireSpecialties(boolean told) {
        if (!told) {
            throw new BadExtraction(
                    "The header row lacks this column, and the archive has no file PS_LibreAcces_SavoirFaire…"
                            + " beside it: " + Column.SPECIALTY.header);
        }
    }

    /** @return whether its lines contain specialties */
    private static boolean readActivities(InputStream in, @Nullable String name, Sink sink) throws IOException {
        Lines lines = Lines.of(in, name, Column.REQUIRED, sink);
        for (Fields fields = lines.next(); fields != null; fields = lines.next()) {
            PractitionerId practitioner = lines.practitioner(fields);
            String family = fields.text(Column.FAMILY);
            if (practitioner != null && family == null) {
                lines.skip(fields.line, SkippedLine.Rule.NO_NAME);
            } else if (practitioner != null && family != null) {
                sink.read(extractionLine(fields, practitioner, family));
            }
        }
        return lines.columns.containsKey(Column.SPECIALTY);
    }

    private static void readSpecialties(InputStream in, String name, Sink sink) throws IOException {
        Lines lines = Lines.of(in, name, Set.of(Column.NATIONAL_ID, Column.SPECIALTY), sink);
        for (Fields fields = lines.next(); fields != null; fields = lines.next()) {
            PractitionerId practitioner = lines.practitioner(fields);
            String code = fields.text(Column.SPECIALTY);
            if (practitioner != null && code != null) {
                sink.specialty(practitioner, code);
            }
        }
    }

    /**
     * The lines of one file after its header.
     *
     * @param file its name in the archive; null when there is no archive
     * @param width the number of named columns: the header may or may not end with a pipe
     */
    private record Lines(
            Iterator<CsvRecord> each, @Nullable String file, Map<Column, Integer> columns, int width, Sink sink) {

        /** Must not be closed: the archive's stream continues with the next file. */
        static Lines of(InputStream in, @Nullable String file, Set<Column> required, Sink sink) throws IOException {
            BufferedInputStream bytes = new BufferedInputStream(in, BUFFER);
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
            return new Lines(each, file, columnsOf(header, required), endsWithAPipe ? width - 1 : width, sink);
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
            String nationalId = fields.text(Column.NATIONAL_ID);
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

    private static Map<Column, Integer> columnsOf(CsvRecord header, Set<Column> required) {
        Map<Column, Integer> columns = new EnumMap<>(Column.class);
        List<String> missing = new ArrayList<>();
        for (Column column : Column.values()) {
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

    private static ExtractionLine extractionLine(Fields fields, PractitionerId practitioner, String family) {
        String street = street(fields);
        Town town = Town.of(fields.text(Column.POSTAL_CODE), fields.text(Column.CITY), fields.text(Column.POST_OFFICE));
        List<String> rawPhones = Stream.of(fields.text(Column.PHONE), fields.text(Column.OTHER_PHONE))
                .filter(Objects::nonNull)
                .toList();
        String phone = rawPhones.stream()
                .flatMap(raw -> Phones.normalise(raw, PlaceZones.ofPostalCode(town.postalCode)).stream())
                .findFirst()
                .orElse(null);
        return new ExtractionLine(
                practitioner,
                family,
                fields.text(Column.GIVEN),
                fields.text(Column.PROFESSION),
                fields.text(Column.SPECIALTY),
                structures(fields),
                PlaceKeys.ofAddress(street, town.postalCode, town.city),
                fields.text(Column.NAME),
                street,
                town.postalCode,
                town.city,
                phone,
                !rawPhones.isEmpty() && phone == null,
                Facility.Kind.ofSector(fields.text(Column.SECTOR)));
    }

    /**
     * A place's town. The post office is as on an envelope, {@code 75908 PARIS CEDEX 15}: it gives the town of places
     * for which the extraction names no commune.
     */
    private record Town(
            @Nullable String postalCode, @Nullable String city) {
        private static final String CEDEX = " CEDEX";

        static Town of(@Nullable String postalCode, @Nullable String commune, @Nullable String postOffice) {
            if (postOffice == null || (commune != null && postalCode != null)) {
                return new Town(postalCode, commune);
            }
            String code = postalCodeOf(postOffice);
            String city = code == null
                    ? postOffice
                    : postOffice.substring(code.length()).strip();
            int cedex = city.toUpperCase(Locale.ROOT).lastIndexOf(CEDEX);
            String town = cedex > 0 ? city.substring(0, cedex).strip() : city;
            return new Town(
                    postalCode == null ? code : postalCode, commune == null && !town.isEmpty() ? town : commune);
        }

        private static @Nullable String postalCodeOf(String postOffice) {
            int digits = 0;
            while (digits < postOffice.length()
                    && postOffice.charAt(digits) >= '0'
                    && postOffice.charAt(digits) <= '9') {
                digits++;
            }
            return digits == 5 ? postOffice.substring(0, 5) : null;
        }
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

    /** {@code 12 BIS RUE DES LILAS}; without a street, the locality used by the post, {@code LIEU DIT LE BOURG}. */
    private static @Nullable String street(Fields fields) {
        Column last = fields.text(Column.STREET) == null ? Column.DISTRIBUTION : Column.STREET;
        String street = Stream.of(Column.NUMBER, Column.REPETITION, Column.STREET_KIND, last)
                .map(fields::text)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return street.isEmpty() ? null : street;
    }

    /** A line's fields by column; placeholders for missing values become null. */
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
