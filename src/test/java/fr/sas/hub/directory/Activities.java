package fr.sas.hub.directory;

import fr.sas.hub.testing.TestDatabase;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Lines of extractions as these tests want them. */
final class Activities {

    private Activities() {}

    static void emptyDirectory(JdbcTemplate jdbc, Directory directory) {
        TestDatabase.empty(
                jdbc,
                "directory_practitioner, directory_place, directory_facility, directory_salaried, directory_load CASCADE");
        directory.forget(new PractitionersChanged(Set.of()));
    }

    static Map<String, String> at(
            Map<String, String> activity, String finess, String siret, String postalCode, String city) {
        activity.put("Numéro FINESS site", finess);
        activity.put("Numéro SIRET site", siret);
        activity.put("Raison sociale site", "CABINET DES LILAS");
        activity.put("Numéro Voie (coord. structure)", "12");
        activity.put("Libellé type de voie (coord. structure)", "RUE");
        activity.put("Libellé Voie (coord. structure)", "DES LILAS");
        activity.put("Code postal (coord. structure)", postalCode);
        activity.put("Libellé commune (coord. structure)", city);
        activity.put("Téléphone (coord. structure)", "01 40 00 00 00");
        return activity;
    }

    static Map<String, String> with(Map<String, String> activity, String column, String value) {
        activity.put(column, value);
        return activity;
    }
}
