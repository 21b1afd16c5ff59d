package fr.sas.hub.directory;

import fr.sas.hub.slot.PractitionerId;
import fr.sas.hub.slot.StructureId;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Copies the lines of an extraction into the tables {@code extraction} and {@code extraction_specialty}, one table at a
 * time, since a connection can run only one COPY.
 */
final class StagedLines implements ExtractionReader.Sink, Closeable {

    private static final int BUFFER = 1 << 16;

    private final PGConnection connection;
    private final Consumer<SkippedLine> skippedLines;
    private @Nullable Writer copy;
    private String table = "";
    private long activities;
    private long specialties;
    private long skipped;
    private long phonesLeftOut;

    StagedLines(PGConnection connection, Consumer<SkippedLine> skippedLines) {
        this.connection = connection;
        this.skippedLines = skippedLines;
    }

    /** In all files, excluding headers. */
    long read() {
        return activities + specialties + skipped;
    }

    long activities() {
        return activities;
    }

    long skipped() {
        return skipped;
    }

    long phonesLeftOut() {
        return phonesLeftOut;
    }

    @Override
    public void read(ExtractionLine line) throws IOException {
        activities++;
        phonesLeftOut += line.phoneLeftOut() ? 1 : 0;
        String structures =
                line.structures().stream().map(StructureId::value).collect(Collectors.joining(",", "{", "}"));
        Facility.Kind kind = line.kind();
        String zone = PlaceZones.ofPostalCode(line.postalCode()).getId();
        row(
                into("extraction"),
                line.practitioner().value(),
                line.family(),
                line.given(),
                line.profession(),
                line.specialty(),
                structures,
                line.address(),
                line.name(),
                line.line(),
                line.postalCode(),
                line.city(),
                line.phone(),
                zone,
                kind == null ? null : kind.name());
    }

    @Override
    public void specialty(PractitionerId practitioner, String code) throws IOException {
        specialties++;
        row(into("extraction_specialty"), practitioner.value(), code);
    }

    @Override
    public void skipped(SkippedLine line) {
        skipped++;
        skippedLines.accept(line);
    }

    @Override
    public void close() throws IOException {
        if (copy != null) {
            copy.close();
            copy = null;
        }
    }

    private Writer into(String wanted) throws IOException {
        Writer current = copy;
        if (current != null && table.equals(wanted)) {
            return current;
        }
        close();
        try {
            Writer opened = new OutputStreamWriter(
                    new PGCopyOutputStream(connection, "COPY " + wanted + " FROM STDIN", BUFFER),
                    StandardCharsets.UTF_8);
            copy = opened;
            table = wanted;
            return opened;
        } catch (SQLException e) {
            throw new IllegalStateException("COPY into " + wanted, e);
        }
    }

    private static void row(Writer copy, @Nullable String... fields) throws IOException {
        for (int i = 0; i < fields.length; i++) {
            field(copy, fields[i]);
            copy.append(i + 1 < fields.length ? '\t' : '\n');
        }
    }

    /** In COPY's text format: characters that end a field or row are escaped, null is {@code \N}. */
    private static void field(Writer copy, @Nullable String text) throws IOException {
        if (text == null) {
            copy.write("\\N");
            return;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\\' -> copy.write("\\\\");
                case '\t' -> copy.write("\\t");
                case '\n' -> copy.write("\\n");
                case '\r' -> copy.write("\\r");
                default -> copy.write(c);
            }
        }
    }
}
