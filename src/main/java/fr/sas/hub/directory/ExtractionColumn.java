package fr.sas.hub.directory;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns that the hub reads, of the file's 50. */
enum ExtractionColumn {
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

    static final Set<ExtractionColumn> REQUIRED =
            Stream.of(values()).filter(column -> column.required).collect(Collectors.toUnmodifiableSet());

    final String header;
    private final boolean required;

    ExtractionColumn(String header, boolean required) {
        this.header = header;
        this.required = required;
    }
}
