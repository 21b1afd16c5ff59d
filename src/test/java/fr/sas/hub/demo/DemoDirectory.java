package fr.sas.hub.demo;

import fr.sas.hub.testing.VendorBook.Doctor;
import fr.sas.hub.testing.VendorBook.Office;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The fictitious extraction: loaded by the hub as its directory, and read here so that vendors know the same people. */
final class DemoDirectory {

    private static final String NAME = "PS_LibreAcces_Personne_activite_demo.txt";

    private final byte[] extraction;
    private final List<Doctor> doctors;

    private DemoDirectory(byte[] extraction, List<Doctor> doctors) {
        this.extraction = extraction;
        this.doctors = doctors;
    }

    static DemoDirectory read() throws IOException {
        try (InputStream in = DemoDirectory.class.getResourceAsStream("/demo/" + NAME)) {
            byte[] bytes = Objects.requireNonNull(in, NAME).readAllBytes();
            return new DemoDirectory(
                    bytes,
                    doctors(new String(bytes, StandardCharsets.UTF_8).lines().toList()));
        }
    }

    void copyTo(Path home) throws IOException {
        Files.write(home.resolve(NAME), extraction);
    }

    /** In the order of the file. */
    List<Doctor> doctors() {
        return doctors;
    }

    private static List<Doctor> doctors(List<String> lines) {
        List<String> header = List.of(lines.getFirst().split("\\|"));
        Map<String, Doctor> byId = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            Row row = new Row(header, line.split("\\|", -1));
            Doctor doctor = new Doctor(
                    row.get("Identification nationale PP"),
                    row.get("Nom d'exercice"),
                    row.get("Prénom d'exercice"),
                    Stream.of(row.get("Code savoir-faire"))
                            .filter(code -> !code.isEmpty())
                            .toList(),
                    List.of(row.office()));
            byId.merge(doctor.nationalId(), doctor, DemoDirectory::together);
        }
        return List.copyOf(byId.values());
    }

    private static Doctor together(Doctor known, Doctor again) {
        List<Office> offices = new ArrayList<>(known.offices());
        offices.addAll(again.offices());
        return new Doctor(known.nationalId(), known.family(), known.given(), known.specialties(), offices);
    }

    private record Row(List<String> header, String[] values) {

        String get(String column) {
            return values[header.indexOf(column)];
        }

        String address(String column) {
            return get(column + " (coord. structure)");
        }

        Office office() {
            List<String> structures = new ArrayList<>();
            if (!get("Numéro FINESS site").isEmpty()) {
                structures.add("1" + get("Numéro FINESS site"));
            }
            if (!get("Numéro SIRET site").isEmpty()) {
                structures.add("3" + get("Numéro SIRET site"));
            }
            return new Office(
                    structures,
                    String.join(" ", address("Numéro Voie"), address("Libellé type de voie"), address("Libellé Voie")),
                    address("Code postal"),
                    address("Libellé commune"),
                    address("Téléphone"));
        }
    }
}
