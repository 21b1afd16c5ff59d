package fr.sas.hub.testing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;

/** National extractions as files or as streams that are made while they are read (DOMAIN §9). */
public final class Extraction {

    private static final List<String> HEADER = List.of(
            "Type d'identifiant PP",
            "Identifiant PP",
            "Identification nationale PP",
            "Code civilité d'exercice",
            "Nom d'exercice",
            "Prénom d'exercice",
            "Code profession",
            "Libellé profession",
            "Code savoir-faire",
            "Numéro SIRET site",
            "Numéro FINESS site",
            "Identifiant technique de la structure",
            "Raison sociale site",
            "Numéro Voie (coord. structure)",
            "Indice répétition voie (coord. structure)",
            "Libellé type de voie (coord. structure)",
            "Libellé Voie (coord. structure)",
            "Mention distribution (coord. structure)",
            "Bureau cedex (coord. structure)",
            "Code postal (coord. structure)",
            "Libellé commune (coord. structure)",
            "Téléphone (coord. structure)",
            "Téléphone 2 (coord. structure)",
            "Ancien identifiant de la structure",
            "Code secteur d'activité");

    private final List<String> columns;
    private final List<String> lines = new ArrayList<>();

    private Extraction(List<String> columns) {
        this.columns = columns;
    }

    public static Extraction anExtraction() {
        return new Extraction(HEADER);
    }

    /** With its columns in another order. */
    public static Extraction aShuffledExtraction() {
        List<String> shuffled = new ArrayList<>(HEADER);
        Collections.reverse(shuffled);
        return new Extraction(shuffled);
    }

    public Extraction without(String column) {
        List<String> fewer = new ArrayList<>(columns);
        fewer.remove(column);
        return new Extraction(fewer);
    }

    /** One activity: a physician of this national id at a place; change its fields by column name. */
    public static Map<String, String> activity(String nationalId, String family, String given) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("Type d'identifiant PP", nationalId.substring(0, 1));
        fields.put("Identifiant PP", nationalId.substring(1));
        fields.put("Identification nationale PP", nationalId);
        fields.put("Nom d'exercice", family);
        fields.put("Prénom d'exercice", given);
        fields.put("Code profession", "10");
        fields.put("Libellé profession", "Médecin");
        fields.put("Code savoir-faire", "SM54");
        return fields;
    }

    public Extraction with(Map<String, String> activity) {
        return withLine(line(activity));
    }

    public Extraction withLine(String line) {
        lines.add(line);
        return this;
    }

    private String line(Map<String, String> activity) {
        StringBuilder line = new StringBuilder();
        columns.forEach(column -> line.append(activity.getOrDefault(column, "")).append('|'));
        return line.toString();
    }

    public String text() {
        return String.join("|", columns) + "|\n" + String.join("\n", lines) + "\n";
    }

    public InputStream stream() {
        return stream(StandardCharsets.UTF_8);
    }

    public InputStream stream(Charset charset) {
        return new ByteArrayInputStream(text().getBytes(charset));
    }

    /** So many lines, each made when it is read: nothing of the file is ever held. */
    public InputStream endless(long count, LongFunction<Map<String, String>> activity) {
        InputStream header =
                new ByteArrayInputStream((String.join("|", columns) + "|\n").getBytes(StandardCharsets.UTF_8));
        return new SequenceInputStream(new Enumeration<>() {
            private long next = -1;

            @Override
            public boolean hasMoreElements() {
                return next < count;
            }

            @Override
            public InputStream nextElement() {
                if (!hasMoreElements()) {
                    throw new NoSuchElementException();
                }
                long number = next++;
                return number < 0
                        ? header
                        : new ByteArrayInputStream(
                                (line(activity.apply(number)) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
    }
}
