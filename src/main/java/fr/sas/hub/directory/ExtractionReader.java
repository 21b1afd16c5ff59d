package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

    static final int BUFFER = 1 << 16;
    private static final int GZIP = 0x1f8b;
    private static final int ZIP = 'P' << 8 | 'K';
    /**
     * What the names of an archive's files have in common, letters only: publisher and mirrors spell them differently.
     */
    private static final String ACTIVITIES = "personneactivite";

    private static final String SPECIALTIES = "savoirfaire";

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
                            + " beside it: " + ExtractionColumn.SPECIALTY.header);
        }
    }

    /** @return whether its lines contain specialties */
    private static boolean readActivities(InputStream in, @Nullable String name, Sink sink) throws IOException {
        ExtractionLines lines = ExtractionLines.of(in, name, ExtractionColumn.REQUIRED, sink);
        for (ExtractionLines.Fields fields = lines.next(); fields != null; fields = lines.next()) {
            PractitionerId practitioner = lines.practitioner(fields);
            String family = fields.text(ExtractionColumn.FAMILY);
            if (practitioner != null && family == null) {
                lines.skip(fields.line(), SkippedLine.Rule.NO_NAME);
            } else if (practitioner != null && family != null) {
                sink.read(extractionLine(fields, practitioner, family));
            }
        }
        return lines.columns().containsKey(ExtractionColumn.SPECIALTY);
    }

    private static void readSpecialties(InputStream in, String name, Sink sink) throws IOException {
        ExtractionLines lines =
                ExtractionLines.of(in, name, Set.of(ExtractionColumn.NATIONAL_ID, ExtractionColumn.SPECIALTY), sink);
        for (ExtractionLines.Fields fields = lines.next(); fields != null; fields = lines.next()) {
            PractitionerId practitioner = lines.practitioner(fields);
            String code = fields.text(ExtractionColumn.SPECIALTY);
            if (practitioner != null && code != null) {
                sink.specialty(practitioner, code);
            }
        }
    }

    private static ExtractionLine extractionLine(
            ExtractionLines.Fields fields, PractitionerId practitioner, String family) {
        String street = street(fields);
        Town town = Town.of(
                fields.text(ExtractionColumn.POSTAL_CODE),
                fields.text(ExtractionColumn.CITY),
                fields.text(ExtractionColumn.POST_OFFICE));
        List<String> rawPhones = Stream.of(
                        fields.text(ExtractionColumn.PHONE), fields.text(ExtractionColumn.OTHER_PHONE))
                .filter(Objects::nonNull)
                .toList();
        String phone = rawPhones.stream()
                .flatMap(raw -> Phones.normalise(raw, PlaceZones.ofPostalCode(town.postalCode)).stream())
                .findFirst()
                .orElse(null);
        return new ExtractionLine(
                practitioner,
                family,
                fields.text(ExtractionColumn.GIVEN),
                fields.text(ExtractionColumn.PROFESSION),
                fields.text(ExtractionColumn.SPECIALTY),
                structures(fields),
                PlaceKeys.ofAddress(street, town.postalCode, town.city),
                fields.text(ExtractionColumn.NAME),
                street,
                town.postalCode,
                town.city,
                phone,
                !rawPhones.isEmpty() && phone == null,
                Facility.Kind.ofSector(fields.text(ExtractionColumn.SECTOR)));
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

    private static List<StructureId> structures(ExtractionLines.Fields fields) {
        List<StructureId> structures = new ArrayList<>(4);
        addNumber(structures, "1", fields.text(ExtractionColumn.FINESS));
        addNumber(structures, "3", fields.text(ExtractionColumn.SIRET));
        StructureId.parseNational(fields.text(ExtractionColumn.FORMER_ID)).ifPresent(structures::add);
        StructureId.parseNational(fields.text(ExtractionColumn.TECHNICAL_ID)).ifPresent(structures::add);
        return structures.stream().sorted().distinct().toList();
    }

    private static void addNumber(List<StructureId> structures, String prefix, @Nullable String number) {
        if (number != null) {
            StructureId.parseNational(prefix + number).ifPresent(structures::add);
        }
    }

    /** {@code 12 BIS RUE DES LILAS}; without a street, the locality used by the post, {@code LIEU DIT LE BOURG}. */
    private static @Nullable String street(ExtractionLines.Fields fields) {
        ExtractionColumn last =
                fields.text(ExtractionColumn.STREET) == null ? ExtractionColumn.DISTRIBUTION : ExtractionColumn.STREET;
        String street = Stream.of(
                        ExtractionColumn.NUMBER, ExtractionColumn.REPETITION, ExtractionColumn.STREET_KIND, last)
                .map(fields::text)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return street.isEmpty() ? null : street;
    }
}
